package org.sightmill.trainer.engine;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import sun.misc.Unsafe;

/**
 * Memory outside of the heap on its way from a Java array to a tensor. It is given back when it is
 * closed: the engine's own way from arrays leaves that to the collector, which sees a small object
 * and lets the pictures of many steps pile up.
 */
final class NativeBuffer implements AutoCloseable {
  private static final Unsafe UNSAFE = unsafe();

  private final ByteBuffer bytes;

  /** So many zero bytes in native order. */
  NativeBuffer(int size) {
    bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  /** The memory from its start, which nobody may touch after {@link #close}. */
  ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public void close() {
    UNSAFE.invokeCleaner(bytes);
  }

  private static Unsafe unsafe() {
    try {
      Field field = Unsafe.class.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return (Unsafe) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no way to free direct buffers", e);
    }
  }
}
