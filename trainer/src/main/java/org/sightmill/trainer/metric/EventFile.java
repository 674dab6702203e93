package org.sightmill.trainer.metric;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: TFRecords, each a length, its masked CRC-32C, an {@code Event} message
 * and its masked CRC-32C.
 */
final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";

  /** Of TensorFlow's record format: a checksum of data with checksums in it would be weak. */
  private static final int MASK_DELTA = 0xa282ead8;

  private static final int MASK_ROTATION = 15;

  private final OutputStream out;

  private EventFile(OutputStream out) {
    this.out = out;
  }

  /**
   * A new file; what older files of the folder hold from {@code firstStep} on no longer counts.
   *
   * @param wallSeconds since 1970, part of the file's name
   */
  static EventFile create(Path folder, long firstStep, double wallSeconds) throws IOException {
    Files.createDirectories(folder);
    String name =
        "events.out.tfevents.%010d.%d.%d"
            .formatted((long) wallSeconds, firstStep, ProcessHandle.current().pid());
    EventFile file =
        new EventFile(new BufferedOutputStream(Files.newOutputStream(folder.resolve(name))));
    file.record(event(wallSeconds, 0).text(3, VERSION));
    file.record(event(wallSeconds, firstStep).message(7, new ProtoWriter().varint(1, 1)));
    file.out.flush();
    return file;
  }

  /** Writes one scalar of each name. */
  void scalars(long step, double wallSeconds, Map<String, Double> values) throws IOException {
    ProtoWriter summary = new ProtoWriter();
    values.forEach(
        (name, value) ->
            summary.message(1, new ProtoWriter().text(1, name).float32(2, value.floatValue())));
    record(event(wallSeconds, step).message(5, summary));
    out.flush();
  }

  private static ProtoWriter event(double wallSeconds, long step) {
    return new ProtoWriter().float64(1, wallSeconds).varint(2, step);
  }

  private void record(ProtoWriter event) throws IOException {
    byte[] data = event.bytes();
    ByteBuffer header = littleEndian(Long.BYTES).putLong(data.length);
    out.write(header.array());
    out.write(littleEndian(Integer.BYTES).putInt(masked(header.array())).array());
    out.write(data);
    out.write(littleEndian(Integer.BYTES).putInt(masked(data)).array());
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int masked(byte[] data) {
    CRC32C checksum = new CRC32C();
    checksum.update(data);
    return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK_DELTA;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
