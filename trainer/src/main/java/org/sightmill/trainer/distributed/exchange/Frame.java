package org.sightmill.trainer.distributed.exchange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The header of floats or bytes on the wire: magic byte, step, attempt, bucket, item, length and
 * CRC-32C of what follows.
 *
 * @param step the step that is being made
 * @param attempt the try at it; never the same for two tries of a run
 * @param bucket which part of the vector, or which file
 * @param item the tree node that the floats are a sum over, or the place in the file
 * @param length how many floats, or bytes, follow
 */
record Frame(long step, long attempt, int bucket, int item, int length) {
  private static final int MAGIC = 0x5A;

  void write(DataOutputStream out, int checksum) throws IOException {
    out.writeByte(MAGIC);
    out.writeLong(step);
    out.writeLong(attempt);
    out.writeInt(bucket);
    out.writeInt(item);
    out.writeInt(length);
    out.writeInt(checksum);
  }

  /** Reads a header after its first byte, compares it with this one, and returns the checksum. */
  int check(int first, DataInputStream in) throws IOException {
    if (first != MAGIC) {
      throw new CorruptFrameException("a frame begins with byte %02x".formatted(first));
    }
    Frame got = new Frame(in.readLong(), in.readLong(), in.readInt(), in.readInt(), in.readInt());
    int checksum = in.readInt();
    if (got.step != step || got.attempt != attempt) {
      throw new StaleFrameException("expected %s, got %s".formatted(this, got));
    }
    if (!got.equals(this)) {
      throw new CorruptFrameException("expected %s, got %s".formatted(this, got));
    }
    return checksum;
  }

  @Override
  public String toString() {
    return "frame of step %d, attempt %d, bucket %d, item %d, length %d"
        .formatted(step, attempt, bucket, item, length);
  }
}
