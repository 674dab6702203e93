package org.sightmill.trainer.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * The lifetime of tensors: all that is made in a scope ends with it, unless a longer scope {@link
 * #keep}s it. Tensors made from Java arrays are copied into the engine's own memory, because the
 * autograd graph would otherwise hold addresses that the Java collector frees.
 */
public final class Scope implements AutoCloseable {
  private final NDManager manager;

  private Scope(NDManager manager) {
    this.manager = manager;
  }

  /** A root scope on a device. */
  public static Scope on(Device device) {
    Runtime.prepareProcess();
    return new Scope(Engine.getEngine(Runtime.ENGINE_NAME).newBaseManager(device));
  }

  /** A scope that ends no later than this one. */
  public Scope child() {
    return new Scope(manager.newSubManager());
  }

  /** The device on which this scope's tensors live. */
  public Device device() {
    return manager.getDevice();
  }

  NDManager manager() {
    return manager;
  }

  /** Moves a tensor into this scope and returns it. */
  public NDArray keep(NDArray array) {
    array.attach(manager);
    return array;
  }

  /** A float32 tensor holding a copy of the values. */
  public NDArray floats(float[] values, long... shape) {
    return uploaded(
        values.length * (long) Float.BYTES,
        bytes -> bytes.asFloatBuffer().put(values),
        new Shape(shape),
        DataType.FLOAT32);
  }

  /** A float32 tensor of no dimension. */
  public NDArray scalar(double value) {
    return floats(new float[] {(float) value});
  }

  /** An int64 tensor holding a copy of the values. */
  public NDArray longs(long[] values, long... shape) {
    return uploaded(
        values.length * (long) Long.BYTES,
        bytes -> bytes.asLongBuffer().put(values),
        new Shape(shape),
        DataType.INT64);
  }

  /** An int64 vector. */
  public NDArray indices(int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return longs(wide, values.length);
  }

  /** A boolean tensor holding a copy of the values. */
  public NDArray booleans(boolean[] values, long... shape) {
    return uploaded(
        values.length,
        bytes -> {
          for (boolean value : values) {
            bytes.put((byte) (value ? 1 : 0));
          }
          bytes.rewind();
        },
        new Shape(shape),
        DataType.BOOLEAN);
  }

  /** A tensor without elements, which scripts take as "none". */
  public NDArray none() {
    return manager.create(new Shape(0), DataType.FLOAT32);
  }

  /** A float32 tensor of zeros. */
  public NDArray zeros(long... shape) {
    return manager.zeros(new Shape(shape), DataType.FLOAT32);
  }

  /**
   * A view of a direct buffer's bytes, without copying. The buffer must outlive every use of the
   * view, so it is only for reads that end in a copy.
   */
  public NDArray bytesView(ByteBuffer buffer) {
    if (!buffer.isDirect() || buffer.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException("a byte view needs a direct buffer in native order");
    }
    return manager.create(buffer, new Shape(buffer.remaining()), DataType.UINT8);
  }

  private NDArray uploaded(long size, Consumer<ByteBuffer> fill, Shape shape, DataType type) {
    try (NativeBuffer buffer = new NativeBuffer(Math.toIntExact(size))) {
      fill.accept(buffer.bytes());
      try (NDArray overJavaMemory = manager.create(buffer.bytes(), shape, type)) {
        return keep(overJavaMemory.duplicate());
      }
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
