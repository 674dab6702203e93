package org.sightmill.trainer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/**
 * Tensors that scripts take as one list argument, such as a model's weights. Holds a native handle
 * once used for inference; does not own the tensors.
 */
public final class TensorList implements AutoCloseable {
  private final List<NDArray> tensors;
  private IValue handle;

  private TensorList(List<NDArray> tensors) {
    this.tensors = List.copyOf(tensors);
  }

  /** A list of at least one tensor: the engine can't tell the type of an empty one. */
  public static TensorList of(List<NDArray> tensors) {
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("a tensor list needs at least one tensor");
    }
    return new TensorList(tensors);
  }

  /** The tensors in order. */
  public List<NDArray> tensors() {
    return tensors;
  }

  IValue handle() {
    if (handle == null) {
      handle = IValue.listFrom(tensors.toArray(PtNDArray[]::new));
    }
    return handle;
  }

  @Override
  public void close() {
    if (handle != null) {
      handle.close();
      handle = null;
    }
  }
}
