package org.sightmill.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.engine.Mode;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Script;
import org.sightmill.trainer.engine.ScriptSource;
import org.sightmill.trainer.engine.TensorList;

/**
 * AdamW over 32-bit weights, which it changes in place; decay applies to every one of them. The two
 * moments live as long as the scope it was made in.
 */
public final class AdamW {
  private static final String METHODS =
      """
        def clip(self: Self, gradients: List[Tensor], limit: Tensor) -> List[Tensor]:
          # scales in place so that the norm of all together is at most the limit
          squares = annotate(List[Tensor], [])
          for i in range(len(gradients)):
            squares.append(torch.linalg_vector_norm(gradients[i]))
          norm = torch.linalg_vector_norm(torch.stack(squares))
          scale = torch.clamp(limit / (norm + 1e-6), max=1.)
          for i in range(len(gradients)):
            torch.mul_(gradients[i], scale)
          return [norm]

        def step(self: Self, weights: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], steps: List[Tensor], rate: Tensor) -> List[Tensor]:
          plain = annotate(List[Tensor], [])
          for i in range(len(weights)):
            plain.append(torch.detach(weights[i]))
            torch.add_(steps[i], 1)
          torch._fused_adamw_(plain, gradients, first, second, annotate(List[Tensor], []), steps, lr=float(rate), beta1={beta_one}, beta2={beta_two}, weight_decay={decay}, eps={epsilon}, amsgrad=False, maximize=False)
          return [steps[0]]
      """;

  private final Scope scope;
  private final Script script;
  private final TensorList weights;
  private final List<NDArray> firstMoments = new ArrayList<>();
  private final List<NDArray> secondMoments = new ArrayList<>();
  private final List<NDArray> steps = new ArrayList<>();

  /** Moments of zero for weights that must stay open as long as this is used. */
  public AdamW(Scope scope, List<NDArray> weights, AdamWSettings settings) {
    this.scope = scope;
    this.weights = TensorList.of(weights);
    this.script =
        Script.load(
            scope,
            ScriptSource.filled(
                "AdamW",
                METHODS,
                java.util.Map.of(
                    "beta_one", settings.beta1(),
                    "beta_two", settings.beta2(),
                    "decay", settings.weightDecay(),
                    "epsilon", settings.epsilon())));
    for (NDArray weight : weights) {
      firstMoments.add(scope.zeros(weight.getShape().getShape()));
      secondMoments.add(scope.zeros(weight.getShape().getShape()));
      steps.add(scope.zeros());
    }
  }

  /**
   * Scales gradients down in place where their joint norm is above a limit.
   *
   * @return the norm before
   */
  public double clip(List<NDArray> gradients, double limit) {
    try (Scope local = scope.child()) {
      return script
          .method("clip")
          .with(gradients)
          .with(local.scalar(limit))
          .one(local, Mode.VALUE)
          .getFloat();
    }
  }

  /** One step down the gradients, which stand in the order of the weights. */
  public void step(List<NDArray> gradients, double learningRate) {
    try (Scope local = scope.child()) {
      script
          .method("step")
          .with(weights)
          .with(gradients)
          .with(firstMoments)
          .with(secondMoments)
          .with(steps)
          .with(local.scalar(learningRate))
          .run(local, Mode.VALUE);
    }
  }

  /** Steps taken. */
  public long stepsTaken() {
    return (long) steps.get(0).getFloat();
  }

  /**
   * What a resumed run needs besides the weights: first moments, second moments, then step counts,
   * each in the order of the weights. Loading it means copying into these tensors.
   */
  public List<NDArray> state() {
    List<NDArray> state = new ArrayList<>(firstMoments);
    state.addAll(secondMoments);
    state.addAll(steps);
    return state;
  }
}
