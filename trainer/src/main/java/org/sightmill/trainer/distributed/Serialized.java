package org.sightmill.trainer.distributed;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * Values as bytes. Read by this class itself, so that classes of the application's jar are found:
 * Spark's own class path does not know them.
 */
final class Serialized {
  private Serialized() {}

  static byte[] bytes(Serializable value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(value, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a value in memory", e);
    }
    return bytes.toByteArray();
  }

  static void write(Serializable value, OutputStream out) throws IOException {
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(value);
    }
  }

  static <T> T value(byte[] bytes, Class<T> type) {
    try {
      return read(new ByteArrayInputStream(bytes), type);
    } catch (IOException e) {
      throw new UncheckedIOException("a value in memory", e);
    }
  }

  static <T> T read(InputStream in, Class<T> type) throws IOException {
    try (ObjectInputStream objects = new ObjectInputStream(in)) {
      return type.cast(objects.readObject());
    } catch (ClassNotFoundException e) {
      throw new IOException("a value of an unknown class", e);
    }
  }
}
