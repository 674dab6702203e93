package org.sightmill.trainer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** One call of a script method: arguments in order, then {@link #run}. */
public final class ScriptCall {
  private final Script script;
  private final String method;

  /** Each a {@code TensorList}; a single tensor is a list of one, marked in {@link #single}. */
  private final List<TensorList> arguments = new ArrayList<>();

  private final List<Boolean> single = new ArrayList<>();

  /** Lists whose native handle no one else would close. */
  private final List<TensorList> temporary = new ArrayList<>();

  ScriptCall(Script script, String method) {
    this.script = script;
    this.method = method;
  }

  /** Adds a tensor argument. */
  public ScriptCall with(NDArray tensor) {
    arguments.add(TensorList.of(List.of(tensor)));
    single.add(true);
    return this;
  }

  /** Adds a list argument. */
  public ScriptCall with(TensorList tensors) {
    arguments.add(tensors);
    single.add(false);
    return this;
  }

  /** Adds a list argument. */
  public ScriptCall with(List<NDArray> tensors) {
    TensorList list = TensorList.of(tensors);
    temporary.add(list);
    return with(list);
  }

  /** Runs and returns the single tensor that the method gives. */
  public NDArray one(Scope scope, Mode mode) {
    return run(scope, mode).singletonOrThrow();
  }

  /**
   * Runs the method; its results belong to the scope.
   *
   * @throws IllegalArgumentException if a tensor is passed twice outside of inference, since the
   *     engine tells such arguments apart by a name on the tensor
   */
  public NDList run(Scope scope, Mode mode) {
    Runtime.prepareThread();
    if (mode == Mode.INFERENCE) {
      return runInference(scope);
    }
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(mode == Mode.GRADIENT);
    try {
      return runNamed(scope);
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  private NDList runNamed(Scope scope) {
    NDList named = new NDList();
    Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    try (NDArray marker = methodMarker(scope)) {
      named.add(marker);
      for (int i = 0; i < arguments.size(); i++) {
        addNamed(named, seen, i);
      }
      NDList results = IValueUtils.forward(script.block(), named, true);
      results.forEach(scope::keep);
      return results;
    }
  }

  private NDArray methodMarker(Scope scope) {
    NDArray marker = scope.manager().create(new Shape(0), DataType.FLOAT32);
    marker.setName("module_method:" + method);
    return marker;
  }

  private void addNamed(NDList named, Set<NDArray> seen, int index) {
    String name = single.get(index) ? "a" + index : "a" + index + "[]";
    for (NDArray tensor : arguments.get(index).tensors()) {
      if (!seen.add(tensor)) {
        throw new IllegalArgumentException(
            "%s.%s: argument %d passes a tensor that is already passed"
                .formatted(script.name(), method, index));
      }
      tensor.setName(name);
      named.add(tensor);
    }
  }

  private NDList runInference(Scope scope) {
    IValue[] values = new IValue[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          single.get(i)
              ? IValue.from((PtNDArray) arguments.get(i).tensors().get(0))
              : arguments.get(i).handle();
    }
    try (IValue result = IValueUtils.runMethod(script.block(), method, values)) {
      return result.toNDList((PtNDManager) scope.manager());
    } finally {
      closeOwned(values);
    }
  }

  private void closeOwned(IValue[] values) {
    temporary.forEach(TensorList::close);
    for (int i = 0; i < values.length; i++) {
      if (single.get(i)) {
        values[i].close();
      }
    }
  }
}
