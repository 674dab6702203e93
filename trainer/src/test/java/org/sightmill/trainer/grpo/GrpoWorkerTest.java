package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.data.PromptSettings;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.generate.StopReason;
import org.sightmill.trainer.loss.LossNormaliser;
import org.sightmill.trainer.loss.LossType;
import org.sightmill.trainer.reward.MixedReward;
import org.sightmill.trainer.reward.OpenScorer;
import org.sightmill.trainer.reward.RewardRequest;
import org.sightmill.trainer.reward.RewardSettings;
import org.sightmill.trainer.token.ChatTemplate;
import org.sightmill.trainer.token.Tokenizer;
import org.sightmill.trainer.update.FixedTree;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.ShardGradient;
import org.sightmill.trainer.update.TrainingFailedException;

class GrpoWorkerTest {
  private static final BatchSettings BATCH = new BatchSettings(8, 1, 1, 1, 4);

  @TempDir static Path folder;
  @TempDir Path scratch;
  private static Scope root;

  @BeforeAll
  static void open() {
    root = Scope.on(Device.cpu());
    TinySetups.model(root, folder);
  }

  @AfterAll
  static void close() {
    root.close();
  }

  @Test
  void aGroupIsTheSameWhereverItIsRolled() throws IOException {
    GroupTask task = tasks(1).get(0);
    try (GrpoWorker here = worker(TinySetups.settings(folder), TinySetups.inLoss());
        GrpoWorker there = worker(TinySetups.settings(folder), TinySetups.inLoss())) {
      List<Rollout> first = here.roll(List.of(task)).get(0).rollouts();
      List<Rollout> second = there.roll(List.of(task)).get(0).rollouts();
      for (int i = 0; i < first.size(); i++) {
        assertThat(second.get(i).tokens()).isEqualTo(first.get(i).tokens());
        assertThat(second.get(i).logProbs()).isEqualTo(first.get(i).logProbs());
      }
    }
  }

  @Test
  void anAdapterThatIsOffIsTheReference() throws IOException {
    try (GrpoWorker worker = worker(TinySetups.lora(folder), TinySetups.inLoss())) {
      GroupRollouts group = worker.roll(tasks(1)).get(0);
      GroupScores before = worker.score(group);
      assertThat(before.reference()[0]).containsExactly(before.policy()[0], offset());
      train(worker, group, before);
      GroupScores after = worker.score(group);
      assertThat(after.reference()[0]).isEqualTo(before.reference()[0]);
      assertThat(after.policy()[0]).isNotEqualTo(before.policy()[0]);
    }
  }

  @Test
  void trainingGoesOnFromAdaptersAndTheirStartIsTheReference(@TempDir Path adapters)
      throws IOException {
    float[] trained;
    try (GrpoWorker worker = worker(TinySetups.lora(folder), TinySetups.inLoss())) {
      GroupRollouts group = worker.roll(tasks(1)).get(0);
      train(worker, group, worker.score(group));
      worker.export(adapters);
      trained = worker.score(group).policy()[0];
      try (GrpoWorker next = worker(TinySetups.lora(folder, 2, adapters), TinySetups.inLoss())) {
        GroupScores before = next.score(group);
        assertThat(before.policy()[0]).containsExactly(trained, offset());
        assertThat(before.reference()[0]).containsExactly(trained, offset());
        train(next, group, before);
        assertThat(next.score(group).reference()[0]).isEqualTo(before.reference()[0]);
        assertThat(next.score(group).policy()[0]).isNotEqualTo(trained);
      }
    }
  }

  @Test
  void adaptersThatDoNotFitAreNamedBeforeTheFirstStep(@TempDir Path adapters) throws IOException {
    try (GrpoWorker worker = worker(TinySetups.lora(folder), TinySetups.inLoss())) {
      worker.export(adapters);
    }
    assertThatThrownBy(() -> worker(TinySetups.lora(folder, 3, adapters), TinySetups.inLoss()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("adapters " + adapters)
        .hasMessageMatching(
            "(?s).*layers\\.0\\.self_attn\\.q_proj\\.lora_A\\.weight has shape \\[2, (\\d+)], not"
                + " \\[3, \\1].*");
  }

  @Test
  void completionsThatEndAtOnceEarnNothingAndTrain() throws IOException {
    RewardRequest request =
        new RewardRequest("s0", AnswerType.DIGIT, "What?", null, "1", null, "", 1);
    double reward =
        MixedReward.withoutScorer(RewardSettings.DEFAULT, List.of())
            .rewards(List.of(request))
            .get(0)
            .total();
    assertThat(reward).isZero();
    try (GrpoWorker worker = worker(TinySetups.settings(folder), TinySetups.inLoss())) {
      GroupRollouts rolled = worker.roll(tasks(1)).get(0);
      List<Rollout> rollouts = new ArrayList<>(rolled.rollouts());
      rollouts.set(1, endedAtOnce(reward));
      rollouts.set(3, endedAtOnce(reward));
      GroupRollouts group =
          new GroupRollouts(
              rolled.task(), rollouts, null, rolled.policyVersion(), rolled.host(), "cpu");
      String before = worker.weightHash();
      GroupScores scores = worker.score(group);
      assertThat(scores.policy()[1]).hasSize(1).containsExactly(scores.policy()[3], offset());
      assertThat(scores.policy()[1][0]).isNegative().isFinite();
      train(worker, group, scores, 1e-4);
      assertThat(worker.weightHash()).isNotEqualTo(before);
      assertThat(worker.score(group).policy()[1][0])
          .as("made less likely by its advantage of -1")
          .isLessThan(scores.policy()[1][0]);
      assertThat(RolloutMetrics.of(List.of(group)))
          .containsEntry("completions/min_length", 1.0)
          .containsEntry("completions/max_terminated_length", 1.0);
    }
  }

  private static Rollout endedAtOnce(double reward) throws IOException {
    int end = new ChatTemplate(Tokenizer.load(folder.resolve("tokenizer.json"))).turnEnd();
    return new Rollout(
        new int[] {end}, new float[] {-5}, StopReason.STOP_TOKEN, "", reward, Map.of(), "none");
  }

  private static org.assertj.core.data.Offset<Float> offset() {
    return org.assertj.core.api.Assertions.within(1e-5f);
  }

  private static void train(GrpoWorker worker, GroupRollouts group, GroupScores scores) {
    train(worker, group, scores, 1e-2);
  }

  private static void train(
      GrpoWorker worker, GroupRollouts group, GroupScores scores, double learningRate) {
    TrainGroup trained = new TrainGroup(group, new double[] {1, -1, 1, -1}, scores);
    UpdateTask task =
        new UpdateTask(
            0, Shard.cut(List.of(trained), 1), new LossNormaliser(4, 24, 6, 6), 0.1, learningRate);
    for (int i = 0; i < 2; i++) { // B starts at zero: A moves only from the second step on
      try (Scope scope = worker.newScope();
          ShardGradient sum =
              FixedTree.sum(
                  1,
                  leaf -> worker.gradient(scope, task.shards().get(leaf), task),
                  ShardGradient::plus)) {
        assertThat(worker.apply(sum.gradients(), task.learningRate())).isPositive();
      }
    }
  }

  @Test
  void gradientsThatAreNoNumbersLeaveTheWeights() throws IOException {
    try (GrpoWorker worker = worker(TinySetups.settings(folder), TinySetups.inLoss())) {
      String before = worker.weightHash();
      GroupRollouts group = worker.roll(tasks(1)).get(0);
      TrainGroup broken =
          new TrainGroup(group, new double[] {Double.NaN, 0, 0, 0}, worker.score(group));
      UpdateTask task =
          new UpdateTask(
              0, Shard.cut(List.of(broken), 1), new LossNormaliser(4, 24, 6, 6), 0.1, 1e-2);
      try (Scope scope = worker.newScope();
          ShardGradient gradient = worker.gradient(scope, task.shards().get(0), task)) {
        assertThat(worker.apply(gradient.gradients(), 1e-2)).isNaN();
      }
      assertThat(worker.weightHash()).isEqualTo(before);
    }
  }

  @Test
  void aPromptBeyondTheLimitIsACountedReject() throws IOException {
    PromptSettings tight = new PromptSettings("Answer.", Map.of(), 8, 0, 0);
    try (GrpoWorker worker =
        new GrpoWorker(
            root,
            TinySetups.settings(folder),
            TinySetups.setup(LossType.GRPO, TinySetups.inLoss(), BATCH),
            tight,
            TinySetups.NO_PICTURES,
            TinySetups.LENGTHS)) {
      assertThat(worker.roll(tasks(2)))
          .allSatisfy(group -> assertThat(group.rejection()).contains("PROMPT_TOO_LONG"));
    }
  }

  @Test
  void rowsThatCannotBeAskedCountAsWrongAnswers() throws IOException {
    VisualSample broken =
        new VisualSample("p", "nowhere.png", "What?", List.of(), "1", AnswerType.DIGIT, null);
    List<VisualSample> samples = List.of(TinySetups.samples(1).get(0), broken);
    try (GrpoWorker worker = worker(TinySetups.settings(folder), TinySetups.inLoss())) {
      assertThat(worker.evaluate(samples).results())
          .containsOnlyKeys("format", "lenient", "lenient/digit", "strict", "strict/digit")
          .containsEntry("strict", 0.0);
    }
  }

  @Test
  void aPictureThatIsNoneIsACountedReject() throws IOException {
    VisualSample broken =
        new VisualSample("p", "nowhere.png", "What?", List.of(), "1", AnswerType.DIGIT, null);
    GroupTask task = new GroupTask(new GroupPlan(0, 0, new long[] {1, 2}), broken);
    try (GrpoWorker worker = worker(TinySetups.settings(folder), TinySetups.inLoss())) {
      assertThat(worker.roll(List.of(task)).get(0).rejection().orElseThrow()).startsWith("IMAGE_");
    }
  }

  @Test
  void aScorerThatIsDownFailsTheStepOrIsCountedAsConfigured() {
    OpenScorer down =
        new OpenScorer() {
          @Override
          public String name() {
            return "down";
          }

          @Override
          public double score(RewardRequest question, String answer) {
            throw new IllegalStateException("connection refused");
          }
        };
    RewardRequest request =
        new RewardRequest(
            "s1", AnswerType.OPEN, "What?", null, "a cat", null, "<answer>a dog</answer>", 5);
    MixedReward reward = MixedReward.with(RewardSettings.DEFAULT, down, List.of());
    assertThatThrownBy(
            () ->
                new GuardedRewarder(reward, GuardedRewarder.ScorerFailure.FAIL)
                    .rewards(List.of(request)))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("for the 1 completions of sample s1")
        .hasMessageContaining("last because: connection refused; see its endpoint")
        .hasMessageContaining("set scorer_failure to zero");
    assertThat(
            new GuardedRewarder(reward, GuardedRewarder.ScorerFailure.ZERO)
                .rewards(List.of(request))
                .get(0)
                .total())
        .isZero();
  }

  @Test
  void stateThatDoesNotFitTheModelIsNamed() throws IOException {
    try (GrpoWorker whole = worker(TinySetups.settings(folder), TinySetups.inLoss());
        GrpoWorker adapted = worker(TinySetups.lora(folder), TinySetups.inLoss())) {
      whole.save(scratch);
      assertThat(Files.exists(scratch.resolve("state.safetensors"))).isTrue();
      assertThatThrownBy(() -> adapted.load(scratch))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("lora_A.weight is missing")
          .hasMessageContaining("has no place in this run");
    }
  }

  @Test
  void whatRewardingTakesIsSaid() throws IOException {
    Rewarder slow =
        requests -> {
          long start = System.nanoTime();
          while (System.nanoTime() - start < 50_000_000) {
            Thread.onSpinWait();
          }
          return TinySetups.LENGTHS.rewards(requests);
        };
    try (GrpoWorker worker = worker(TinySetups.settings(folder), KlSettings.NONE, slow)) {
      List<GroupRollouts> groups = worker.roll(tasks(2));
      assertThat(groups).allMatch(group -> group.rewardSeconds() >= 0.05);
      assertThat(RolloutMetrics.of(groups).get("timing_s/reward")).isGreaterThanOrEqualTo(0.1);
    }
  }

  private static GrpoWorker worker(ModelSettings model, KlSettings kl) throws IOException {
    return worker(model, kl, TinySetups.LENGTHS);
  }

  private static GrpoWorker worker(ModelSettings model, KlSettings kl, Rewarder rewarder)
      throws IOException {
    return new GrpoWorker(
        root,
        model,
        TinySetups.setup(LossType.GRPO, kl, BATCH),
        TinySetups.PROMPTS,
        TinySetups.NO_PICTURES,
        rewarder);
  }

  private static List<GroupTask> tasks(int count) {
    List<VisualSample> samples = TinySetups.samples(count);
    return new StepPlanner(3, count, 4)
        .groups(0, count).stream()
            .map(plan -> new GroupTask(plan, samples.get(plan.sampleIndex())))
            .toList();
  }
}
