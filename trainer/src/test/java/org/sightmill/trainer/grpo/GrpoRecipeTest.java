package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.checkpoint.Checkpoints;
import org.sightmill.trainer.generate.StopReason;
import org.sightmill.trainer.loss.ImportanceLevel;
import org.sightmill.trainer.loss.KlEstimator;
import org.sightmill.trainer.loss.LossType;
import org.sightmill.trainer.metric.RolloutRow;
import org.sightmill.trainer.metric.RunLog;
import org.sightmill.trainer.update.RunSettings;
import org.sightmill.trainer.update.TrainingFailedException;

/** What the driver decides, with a crew that holds no weights. */
class GrpoRecipeTest {
  private static final AdvantageSettings.ZeroVariance KEEP = AdvantageSettings.ZeroVariance.KEEP;
  private static final AdvantageSettings.ZeroVariance DROP = AdvantageSettings.ZeroVariance.DROP;
  private static final AdvantageSettings.ZeroVariance RESAMPLE =
      AdvantageSettings.ZeroVariance.RESAMPLE;

  @TempDir Path folder;
  private final List<RolloutRow> rows = new ArrayList<>();

  @Test
  void groupsOfAllZeroRewardsStayByDefaultAndAreCounted() throws IOException {
    FakeCrew crew = new FakeCrew(task -> group(task, 0, 0));
    Map<String, Double> metrics = run(crew, setup(KEEP, 1, 1), 1);
    assertThat(metrics).containsEntry("frac_reward_zero_std", 1.0).containsEntry("reward", 0.0);
    assertThat(crew.updates).hasSize(1);
    assertThat(crew.updates.get(0).shards().get(0).groups().get(0).advantages()).containsOnly(0);
  }

  @Test
  void droppedGroupsTakeNoPartAndNoneLeftMeansNoUpdate() throws IOException {
    FakeCrew mixed =
        new FakeCrew(
            task -> task.plan().position() % 2 == 0 ? group(task, 1, 0) : group(task, 1, 1));
    Map<String, Double> metrics = run(mixed, setup(DROP, 1, 1), 1);
    assertThat(metrics).containsEntry("groups/trained", 2.0);
    assertThat(mixed.rolled).isEqualTo(4);
    rows.clear();
    FakeCrew flat = new FakeCrew(task -> group(task, 1, 1));
    assertThat(run(flat, setup(DROP, 1, 1), 1)).containsEntry("groups/trained", 0.0);
    assertThat(flat.updates).isEmpty();
    assertThat(rows).allSatisfy(row -> assertThat(row.advantage()).isNaN());
  }

  @Test
  void resamplingFillsTheBatchFromTheNextRows() throws IOException {
    FakeCrew crew =
        new FakeCrew(
            task -> task.plan().position() % 2 == 0 ? group(task, 1, 0) : group(task, 1, 1));
    Map<String, Double> metrics = run(crew, setup(RESAMPLE, 1, 1), 1);
    assertThat(metrics).containsEntry("groups/trained", 4.0);
    assertThat(metrics.get("groups/resampled")).isGreaterThan(0);
  }

  @Test
  void resamplingEndsAtItsLimit() throws IOException {
    FakeCrew crew = new FakeCrew(task -> group(task, 1, 1));
    Map<String, Double> metrics = run(crew, setup(RESAMPLE, 1, 1), 1);
    assertThat(crew.rolled).isEqualTo(4 * (1 + 3));
    assertThat(metrics)
        .containsEntry("groups/trained", 0.0)
        .containsEntry("groups/resampled", 12.0);
  }

  @Test
  void shuffledRewardsChangeAdvantagesAndNotWhatIsReported() throws IOException {
    FakeCrew crew =
        new FakeCrew(
            task -> task.plan().position() % 2 == 0 ? group(task, 1, 1) : group(task, 0, 0));
    GrpoSetup plain = setup(KEEP, 1, 1);
    GrpoSetup shuffled =
        new GrpoSetup(
            plain.rollout(),
            plain.objective(),
            plain.kl(),
            new AdvantageSettings(AdvantageSettings.Scale.GROUP, KEEP, 3, true),
            plain.batch(),
            plain.optimizer());
    Map<String, Double> metrics = run(crew, shuffled, 4);
    assertThat(metrics).containsEntry("reward", 0.5).containsEntry("frac_reward_zero_std", 1.0);
    assertThat(rows.stream().filter(row -> Math.abs(row.advantage()) > 0.5)).isNotEmpty();
  }

  @Test
  void promptsThatAreTooLongAreCountedAndReplaced() throws IOException {
    FakeCrew crew =
        new FakeCrew(
            task ->
                task.plan().position() < 2
                    ? FakeCrew.rejected(task, "PROMPT_TOO_LONG")
                    : group(task, 1, 0));
    Map<String, Double> metrics = run(crew, setup(KEEP, 1, 1), 1);
    assertThat(metrics)
        .containsEntry("rejects/PROMPT_TOO_LONG", 2.0)
        .containsEntry("groups/trained", 4.0);
  }

  @Test
  void aDataSetOfRejectsStopsTheRunByName() {
    FakeCrew crew = new FakeCrew(task -> FakeCrew.rejected(task, "PROMPT_TOO_LONG"));
    assertThatThrownBy(() -> run(crew, setup(KEEP, 1, 1), 1))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageStartingWith("none of 16 rows can be used: [PROMPT_TOO_LONG");
  }

  @Test
  void severalUpdatesAreScoredBeforeTheFirstAndASingleOneIsNot() throws IOException {
    FakeCrew once = new FakeCrew(task -> group(task, 1, 0));
    run(once, setup(KEEP, 1, 1), 1);
    assertThat(once.scored).isEmpty();
    FakeCrew often = new FakeCrew(task -> group(task, 1, 0));
    run(often, setup(KEEP, 2, 2), 1);
    assertThat(often.scored).containsExactly(4);
    assertThat(often.updates).hasSize(4);
    assertThat(often.updates.get(0).normaliser().sequences()).isEqualTo(4);
    assertThat(often.updates.stream().map(UpdateTask::policyVersion))
        .containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void aBatchOfTruncatedCompletionsUpdatesNothingWhereTheyAreMasked() throws IOException {
    FakeCrew crew = new FakeCrew(task -> FakeCrew.group(task, StopReason.LENGTH, 1, 0));
    Map<String, Double> metrics = run(crew, setup(KEEP, 1, 1), 1);
    assertThat(crew.updates).isEmpty();
    assertThat(metrics).containsEntry("completions/clipped_ratio", 1.0);
  }

  @Test
  void gradientsThatAreNoNumbersAreCountedAndStopTheRunAfterALimit() {
    FakeCrew crew = new FakeCrew(task -> group(task, 1, 0));
    crew.gradientNorm = Double.NaN;
    assertThatThrownBy(() -> run(crew, setup(KEEP, 1, 1), 5))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageStartingWith("the gradients of 2 steps in a row up to step 2 are no numbers");
  }

  @Test
  void selfReflectionIsCounted() throws IOException {
    FakeCrew crew = new FakeCrew(task -> group(task, 1, 0));
    assertThat(run(crew, setup(KEEP, 1, 1), 1))
        .containsEntry("reflection/wait", 8.0)
        .containsEntry("reflection/i_should_check", 8.0)
        .containsEntry("reflection/alternatively", 0.0);
  }

  @Test
  void refusesAGroupOfOne() {
    assertThatThrownBy(() -> new RolloutSettings(1, 1, 1, 0, 0, 1, 8, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "num_generations must be at least 2, since advantages compare the completions of a"
                + " group, but was 1");
  }

  @Test
  void refusesABatchThatIsNoMultipleOfTheGroup() {
    assertThatThrownBy(() -> setup(KEEP, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "steps_per_generation must divide the 4 groups of a generation batch but was 3");
  }

  private static GroupRollouts group(GroupTask task, double... rewards) {
    return FakeCrew.group(task, StopReason.STOP_TOKEN, rewards);
  }

  private static GrpoSetup setup(
      AdvantageSettings.ZeroVariance zeroVariance, int stepsPerGeneration, int iterations) {
    return new GrpoSetup(
        new RolloutSettings(2, 1, 1, 0, 0, 1, 8, 1),
        new ObjectiveSettings(
            LossType.DAPO,
            ImportanceLevel.TOKEN,
            0.2,
            null,
            null,
            true,
            ObjectiveSettings.ImportanceCorrection.NONE,
            3),
        new KlSettings(
            0, KlSettings.Place.LOSS, KlEstimator.K3, KlSettings.Control.FIXED, 1e-3, 100),
        new AdvantageSettings(AdvantageSettings.Scale.GROUP, zeroVariance, 3, false),
        new BatchSettings(8, stepsPerGeneration, iterations, 1, 8),
        TinySetups.optimizer(1e-3));
  }

  private Map<String, Double> run(FakeCrew crew, GrpoSetup setup, long steps) throws IOException {
    GrpoRecipe recipe =
        new GrpoRecipe(
            setup,
            new RunSettings(steps, 1, 1, 0, 1, 0),
            new GrpoData(TinySetups.samples(16), List.of()),
            crew,
            new Checkpoints(folder.resolve("checkpoints"), 1),
            (step, written) -> rows.addAll(written));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    try (RunLog log = RunLog.open(folder, 0, steps, nowhere)) {
      return recipe.run(log);
    }
  }
}
