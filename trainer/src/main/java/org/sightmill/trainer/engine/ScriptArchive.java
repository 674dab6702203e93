package org.sightmill.trainer.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a {@link ScriptSource} as the archive that {@code torch::jit::load} reads: a stored zip of
 * the code, a pickled module without attributes, an empty constant table and a format version.
 */
public final class ScriptArchive {
  /** The archive format that every PyTorch since 1.6 reads. */
  private static final String FORMAT_VERSION = "10\n";

  private static final byte[] EMPTY_TUPLE_PICKLE = {(byte) 0x80, 2, ')', '.'};

  private ScriptArchive() {}

  /** The archive's bytes, the same for the same source. */
  public static byte[] bytes(ScriptSource source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, source, "data.pkl", modulePickle(source.name()));
      store(zip, source, "code/__torch__.py", source.code().getBytes(StandardCharsets.UTF_8));
      store(zip, source, "constants.pkl", EMPTY_TUPLE_PICKLE);
      store(zip, source, "version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
      store(zip, source, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array never fails to take bytes
    }
    return bytes.toByteArray();
  }

  /** Pickle protocol 2: an object of the class with its two attributes, training and a hook. */
  private static byte[] modulePickle(String name) throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(("c__torch__\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    pickle.write(new byte[] {')', (byte) 0x81, '}', '('});
    writeKey(pickle, "training");
    pickle.write(0x88); // True
    writeKey(pickle, "_is_full_backward_hook");
    pickle.write(new byte[] {'N', 'u', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void writeKey(ByteArrayOutputStream pickle, String key) throws IOException {
    pickle.write('X');
    pickle.write(new byte[] {(byte) key.length(), 0, 0, 0});
    pickle.write(key.getBytes(StandardCharsets.US_ASCII));
  }

  private static void store(ZipOutputStream zip, ScriptSource source, String path, byte[] content)
      throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(source.name() + "/" + path);
    entry.setMethod(ZipEntry.STORED); // the loader maps entries, it can't inflate them
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
