package org.sightmill.trainer.engine;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The few operations on single tensors that the other packages need. DJL's own methods with a
 * number as operand stay unused: {@code mul}, {@code div}, {@code pow} and {@code maximum} give the
 * graph a Java buffer that is freed before backward runs.
 */
public final class Tensors implements AutoCloseable {
  private static final String METHODS =
      AutogradText.METHODS
          + """
        def as_float(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.clone(torch.to(x, 6))]
        def as_bfloat(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.clone(torch.to(x, 15))]
        def bytes_of(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.view_copy(torch.view(torch.contiguous(torch.detach(x)), [-1]), dtype=0)]
        def float_from_f32(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.view_copy(x, dtype=6)]
        def float_from_f16(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.to(torch.view_copy(x, dtype=5), 6)]
        def float_from_bf16(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.to(torch.view_copy(x, dtype=15), 6)]
        def bfloat_from_f32(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.to(torch.view_copy(x, dtype=6), 15)]
        def bfloat_from_f16(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.to(torch.view_copy(x, dtype=5), 15)]
        def bfloat_from_bf16(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.view_copy(x, dtype=15)]
        def concatenated(self: Self, xs: List[Tensor]) -> List[Tensor]:
          return [torch.cat(xs, 0)]
        def rows(self: Self, x: Tensor, start: Tensor, count: Tensor) -> List[Tensor]:
          return [torch.clone(torch.narrow(x, 0, int(start), int(count)))]
        def plus_product(self: Self, x: Tensor, b: Tensor, a: Tensor, scale: Tensor, start: Tensor) -> List[Tensor]:
          out = torch.clone(torch.to(torch.detach(x), 6))
          rows = torch.narrow(out, 0, int(start), torch.size(b, 0))
          torch.add_(rows, torch.matmul(torch.detach(b), torch.detach(a)) * scale)
          return [out]
        def norms(self: Self, xs: List[Tensor]) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          for i in range(len(xs)):
            out.append(torch.linalg_vector_norm(torch.to(xs[i], 6)))
          return [torch.stack(out)]
        def copy_into(self: Self, targets: List[Tensor], sources: List[Tensor]) -> List[Tensor]:
          for i in range(len(targets)):
            torch.copy_(torch.detach(targets[i]), sources[i])
          return [sources[0]]
        def add_into(self: Self, targets: List[Tensor], sources: List[Tensor]) -> List[Tensor]:
          for i in range(len(targets)):
            torch.add_(torch.detach(targets[i]), sources[i])
          return [sources[0]]
      """;

  private final Script script;

  private Tensors(Script script) {
    this.script = script;
  }

  /** Loads the operations on the scope's device. */
  public static Tensors load(Scope scope) {
    return new Tensors(Script.load(scope, new ScriptSource("Tensors", METHODS)));
  }

  /** A copy in the given type. */
  public NDArray converted(Scope scope, NDArray x, ComputeType type) {
    String method = type == ComputeType.BFLOAT16 ? "as_bfloat" : "as_float";
    return script.method(method).with(x).one(scope, Mode.VALUE);
  }

  /**
   * The same numbers cut off from their graph, as a new start of gradients: what comes back for it
   * is handed on by the caller.
   */
  public static NDArray leaf(Scope scope, NDArray x) {
    NDArray leaf = scope.keep(x.stopGradient());
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** The tensor's bytes in native order, as a flat uint8 tensor. */
  public NDArray bytes(Scope scope, NDArray x) {
    return script.method("bytes_of").with(x).one(scope, Mode.VALUE);
  }

  /**
   * Reads raw little-endian numbers.
   *
   * @param raw flat uint8 tensor
   * @param stored {@code f32}, {@code f16} or {@code bf16}
   */
  public NDArray decoded(Scope scope, NDArray raw, String stored, ComputeType type) {
    String prefix = type == ComputeType.BFLOAT16 ? "bfloat_from_" : "float_from_";
    return script.method(prefix + stored).with(raw).one(scope, Mode.VALUE);
  }

  /** The tensors one after the other along their first axis. */
  public NDArray concatenated(Scope scope, List<NDArray> parts) {
    return script.method("concatenated").with(parts).one(scope, Mode.VALUE);
  }

  /** A copy of {@code count} rows from {@code start} on. */
  public NDArray rows(Scope scope, NDArray x, long start, long count) {
    try (Scope local = scope.child()) {
      NDArray from = local.longs(new long[] {start});
      NDArray number = local.longs(new long[] {count});
      return script.method("rows").with(x).with(from).with(number).one(scope, Mode.VALUE);
    }
  }

  /** A 32-bit copy of x with {@code scale * (b a)} added to its rows from {@code start} on. */
  public NDArray plusProduct(
      Scope scope, NDArray x, NDArray b, NDArray a, double scale, long start) {
    try (Scope local = scope.child()) {
      NDArray factor = local.scalar(scale);
      NDArray from = local.longs(new long[] {start});
      return script
          .method("plus_product")
          .with(x)
          .with(b)
          .with(a)
          .with(factor)
          .with(from)
          .one(scope, Mode.VALUE);
    }
  }

  /** The Euclidean norm of each tensor, computed in 32 bits. */
  public float[] norms(Scope scope, List<NDArray> tensors) {
    try (NDArray norms = script.method("norms").with(tensors).one(scope, Mode.VALUE)) {
      return norms.toFloatArray();
    }
  }

  /** Overwrites each target with the source of the same index, converting its type. */
  public void copyInto(Scope scope, List<NDArray> targets, List<NDArray> sources) {
    script.method("copy_into").with(targets).with(sources).run(scope, Mode.VALUE);
  }

  /** Adds to each target the source of the same index. */
  public void addInto(Scope scope, List<NDArray> targets, List<NDArray> sources) {
    script.method("add_into").with(targets).with(sources).run(scope, Mode.VALUE);
  }

  /**
   * The vector-Jacobian product: for each input, the sum over outputs of the upstream gradient
   * carried back; zeros where an input has no part in the outputs. Frees the graph.
   */
  public List<NDArray> gradients(
      Scope scope, List<NDArray> outputs, List<NDArray> inputs, List<NDArray> upstream) {
    return script
        .method("gradients")
        .with(outputs)
        .with(inputs)
        .with(upstream)
        .run(scope, Mode.GRADIENT);
  }

  @Override
  public void close() {
    script.close();
  }
}
