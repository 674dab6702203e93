package org.sightmill.trainer.grpo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.loss.GrpoInputs;
import org.sightmill.trainer.loss.GrpoLoss;
import org.sightmill.trainer.loss.GrpoResult;
import org.sightmill.trainer.model.CompletionPass;
import org.sightmill.trainer.model.Padding;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.model.PromptPass;
import org.sightmill.trainer.update.ShardGradient;

/**
 * The loss of groups through the model: each prompt is encoded once, the completions are taken in
 * micro-batches [B, T] over it, and one backward carries their sum through the prompts.
 */
final class GroupLoss implements AutoCloseable {
  private final Scope scope;
  private final Policy policy;
  private final Policy reference;
  private final GrpoSetup setup;
  private final PassMode mode;
  private final GrpoLoss loss;

  /** The reference is null where there is none. */
  GroupLoss(Scope scope, Policy policy, Policy reference, GrpoSetup setup, PassMode mode) {
    this.scope = scope;
    this.policy = policy;
    this.reference = reference;
    this.setup = setup;
    this.mode = mode;
    this.loss = GrpoLoss.load(scope, setup.objective().with(setup.kl()));
  }

  /** Forwards alone, of all completions of a group. */
  GroupScores score(Prompt prompt, GroupRollouts group) {
    GroupPack pack = GroupPack.unscored(prompt, group);
    return new GroupScores(score(policy, pack), reference == null ? null : score(reference, pack));
  }

  private float[][] score(Policy model, GroupPack pack) {
    float[][] scores = new float[pack.rollouts().size()][];
    try (PromptPass pass =
        model.encode(scope, pack.prompts(), Padding.RIGHT, PassMode.FORWARD_ONLY)) {
      for (MicroBatch batch : microBatches(pack)) {
        try (Scope local = scope.child();
            CompletionPass completions = extend(pass, pack, batch)) {
          float[] cells = completions.score(local).get(0).toFloatArray();
          for (int row = 0; row < batch.rows(); row++) {
            int start = row * batch.width();
            scores[batch.first() + row] =
                Arrays.copyOfRange(cells, start, start + batch.length(row));
          }
        }
      }
    }
    return scores;
  }

  private List<MicroBatch> microBatches(GroupPack pack) {
    return MicroBatch.cut(pack.rollouts(), setup.batch().microBatchSize());
  }

  private CompletionPass extend(PromptPass pass, GroupPack pack, MicroBatch batch) {
    int[] owners = Arrays.copyOfRange(pack.owners(), batch.first(), batch.first() + batch.rows());
    return pass.extend(owners, batch.completions(), setup.rollout().temperature());
  }

  /** Adds the groups' gradients and metrics. */
  void differentiate(GroupPack pack, UpdateTask task, ShardGradient sum) {
    try (PromptPass pass = policy.encode(scope, pack.prompts(), Padding.RIGHT, mode)) {
      Given given = new Given(pack, scores(pack), task);
      for (MicroBatch batch : microBatches(pack)) {
        differentiate(pass, batch, given, sum);
      }
      pass.backward(sum.gradients());
    }
  }

  /** What an update knows of groups before its own forward. */
  private record Given(GroupPack pack, GroupScores scores, UpdateTask task) {}

  /** With a single update only the reference is scored, beside the update's own forward. */
  private GroupScores scores(GroupPack pack) {
    return pack.isScored()
        ? pack.scores()
        : new GroupScores(null, reference == null ? null : score(reference, pack));
  }

  private void differentiate(PromptPass pass, MicroBatch batch, Given given, ShardGradient sum) {
    try (Scope local = scope.child();
        CompletionPass completions = extend(pass, given.pack(), batch)) {
      NDList scored = completions.score(local);
      NDArray logProbs = scored.get(0);
      float[] own = logProbs.toFloatArray();
      float[] old = given.scores().policy() == null ? own : batch.grid(given.scores().policy());
      float[] reference =
          given.scores().reference() == null ? own : batch.grid(given.scores().reference());
      float[] mask = batch.mask(setup.objective());
      GrpoInputs inputs =
          new GrpoInputs(
              logProbs,
              grid(local, batch, old),
              grid(local, batch, reference),
              grid(local, batch, mask),
              local.floats(batch.advantages(given.pack().advantages()), batch.rows()),
              scored.get(1));
      Importance importance = new Importance(batch, old, mask);
      NDArray weights = grid(local, batch, importance.weights(setup.objective()));
      GrpoResult result =
          loss.evaluate(local, inputs, given.task().normaliser(), weights, given.task().beta());
      completions.backward(result.gradient(), Optional.empty(), sum.gradients());
      UpdateMetrics metrics = new UpdateMetrics(sum.metrics(), mask);
      metrics.loss(result);
      metrics.divergence(own, reference, setup.kl());
      importance.measure(sum.metrics());
    }
  }

  private static NDArray grid(Scope local, MicroBatch batch, float[] cells) {
    return local.floats(cells, batch.rows(), batch.width());
  }

  @Override
  public void close() {
    loss.close();
    if (reference != null) {
      reference.close();
    }
  }
}
