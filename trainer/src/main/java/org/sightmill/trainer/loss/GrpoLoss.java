package org.sightmill.trainer.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.trainer.engine.Mode;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Script;

/**
 * The loss for one choice of settings, with the divergence from the reference added at weight beta
 * to every token ({@link KlEstimator}). Formulas: {@link LossType}. Agrees with TRL where padded
 * cells of all inputs are equal; TRL's LUSPO also counts the KL term of padding.
 */
public final class GrpoLoss implements AutoCloseable {
  private final GrpoSettings settings;
  private final Script script;
  private final List<String> metricNames;

  private GrpoLoss(GrpoSettings settings, Script script) {
    this.settings = settings;
    this.script = script;
    this.metricNames = metricNames(settings);
  }

  /** Compiles the loss on the scope's device. */
  public static GrpoLoss load(Scope scope, GrpoSettings settings) {
    return new GrpoLoss(settings, Script.load(scope, GrpoProgram.source(settings)));
  }

  private static List<String> metricNames(GrpoSettings settings) {
    List<String> names = new ArrayList<>(List.of("kl", "entropy"));
    names.addAll(
        switch (settings.lossType().formula()) {
          case CLIPPED ->
              List.of(
                  "clip_ratio/low_mean",
                  "clip_ratio/high_mean",
                  "clip_ratio/region_mean",
                  "clip_ratio/low_min",
                  "clip_ratio/high_max");
          case CISPO -> List.of("cispo_clip_ratio");
          case SAPO -> List.<String>of();
          case VESPO -> List.of("vespo/phi_seq_mean");
        });
    return names;
  }

  /** Loss, gradient and metrics of a batch at the settings' own beta. */
  public GrpoResult evaluate(Scope target, GrpoInputs inputs, LossNormaliser normaliser) {
    try (Scope local = target.child()) {
      NDArray weights = local.floats(new float[] {1}, 1, 1);
      return evaluate(target, inputs, normaliser, weights, settings.beta());
    }
  }

  /**
   * Loss, gradient and metrics of a batch; the gradient belongs to the target.
   *
   * @param weights what the loss of each token but for its KL term is multiplied by, of a shape
   *     that spreads to [B, T]
   * @param beta weight of the KL term; where the settings' beta is 0 there is none
   */
  public GrpoResult evaluate(
      Scope target, GrpoInputs inputs, LossNormaliser normaliser, NDArray weights, double beta) {
    try (Scope local = target.child()) {
      NDList found =
          script
              .method("loss")
              .with(inputs.logProbs())
              .with(inputs.oldLogProbs())
              .with(inputs.referenceLogProbs())
              .with(inputs.mask())
              .with(inputs.advantages())
              .with(inputs.entropies())
              .with(weights)
              .with(local.scalar(beta))
              .with(local.scalar(normaliser.sequences()))
              .with(local.scalar(normaliser.tokens()))
              .with(local.scalar(normaliser.maxCompletionTokens()))
              .with(local.scalar(width(inputs, normaliser)))
              .run(local, Mode.GRADIENT);
      return new GrpoResult(
          found.get(0).getFloat(),
          target.keep(found.get(1)),
          metrics(found.subList(2, found.size())));
    }
  }

  private static double width(GrpoInputs inputs, LossNormaliser normaliser) {
    long own = inputs.logProbs().getShape().get(1);
    return normaliser.widthTokens() == LossNormaliser.OWN_WIDTH ? own : normaliser.widthTokens();
  }

  private Map<String, Double> metrics(List<NDArray> values) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int i = 0; i < metricNames.size(); i++) {
      if (!metricNames.get(i).equals("kl") || settings.beta() > 0) {
        metrics.put(metricNames.get(i), (double) values.get(i).getFloat());
      }
    }
    return metrics;
  }

  @Override
  public void close() {
    script.close();
  }
}
