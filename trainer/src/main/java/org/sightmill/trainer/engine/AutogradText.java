package org.sightmill.trainer.engine;

/** TorchScript that every program with a backward pass of its own needs. */
public final class AutogradText {
  /**
   * {@code gradients(outputs, inputs, upstream)}: for each input the sum over outputs of the
   * upstream gradient carried back, zeros where an input has no part in the outputs; frees the
   * graph. {@code trainable(w, start, count)}: those of a run of weights that take gradients.
   */
  public static final String METHODS =
      """
        def gradients(self: Self, outputs: List[Tensor], inputs: List[Tensor], upstream: List[Tensor]) -> List[Tensor]:
          given = annotate(List[Optional[Tensor]], [])
          for i in range(len(upstream)):
            given.append(upstream[i])
          found = torch.grad(outputs, inputs, given, None, False, True)
          out = annotate(List[Tensor], [])
          for i in range(len(inputs)):
            g = found[i]
            if g is None:
              out.append(torch.zeros_like(inputs[i]))
            else:
              out.append(g)
          return out

        def trainable(self: Self, w: List[Tensor], start: int, count: int) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          for i in range(start, start + count):
            if w[i].requires_grad:
              out.append(w[i])
          return out

      """;

  private AutogradText() {}
}
