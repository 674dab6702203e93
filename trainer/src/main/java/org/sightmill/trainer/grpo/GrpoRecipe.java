package org.sightmill.trainer.grpo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightmill.trainer.checkpoint.Checkpoints;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.metric.RolloutSink;
import org.sightmill.trainer.metric.RunLog;
import org.sightmill.trainer.optim.LearningRate;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.RunSettings;
import org.sightmill.trainer.update.SkippedSteps;
import org.sightmill.trainer.update.UpdateReport;

/**
 * GRPO. A step samples one generation batch, makes advantages of its rewards and updates the policy
 * with it: {@code steps_per_generation} times {@code num_iterations} optimizer steps.
 */
public final class GrpoRecipe {
  private final GrpoSetup setup;
  private final RunSettings run;
  private final List<VisualSample> heldOut;
  private final int trainingRows;
  private final Crew crew;
  private final Checkpoints checkpoints;
  private final RolloutSink rollouts;
  private final GenerationSource source;
  private final Updates updates;
  private final LearningRate schedule;
  private final KlState kl;
  private final SkippedSteps skipped;
  private final long totalSteps;
  private long step;
  private long optimizerSteps;
  private long tokens;
  private double bestReward = Double.NEGATIVE_INFINITY;

  /** A run from its first step; {@link #resume} goes on with an earlier one. */
  public GrpoRecipe(
      GrpoSetup setup,
      RunSettings run,
      GrpoData data,
      Crew crew,
      Checkpoints checkpoints,
      RolloutSink rollouts) {
    this.setup = setup;
    this.run = run;
    this.heldOut = data.heldOut();
    this.trainingRows = data.training().size();
    this.crew = crew;
    this.checkpoints = checkpoints;
    this.rollouts = rollouts;
    this.source = new GenerationSource(data.training(), setup, run.seed(), crew);
    this.updates = new Updates(setup);
    this.totalSteps = run.totalSteps(trainingRows, setup.groupsPerStep());
    this.schedule = setup.optimizer().schedule(totalSteps * setup.batch().updatesPerBatch());
    this.kl = new KlState(setup.kl());
    this.skipped = new SkippedSteps(setup.optimizer().maxSkippedSteps());
  }

  /** Steps that are behind. */
  public long doneSteps() {
    return step;
  }

  /** Steps of the whole run. */
  public long totalSteps() {
    return totalSteps;
  }

  /**
   * Goes on behind the newest resume point.
   *
   * @return whether there was one
   */
  public boolean resume() throws IOException {
    Optional<Checkpoints.Saved> saved = checkpoints.latest();
    if (saved.isEmpty()) {
      return false;
    }
    JsonNode state = saved.get().state();
    step = saved.get().step();
    optimizerSteps = state.path("optimizer_steps").asLong();
    tokens = state.path("num_tokens").asLong();
    source.position(state.path("position").asLong());
    kl.restore(state.path("beta").asDouble());
    skipped.restore(state.path("skipped_steps").asLong());
    bestReward = state.path("best_eval_strict").asDouble(Double.NEGATIVE_INFINITY);
    crew.load(saved.get().folder(), optimizerSteps);
    return true;
  }

  /**
   * Runs to the end.
   *
   * @return the metrics of the last step
   */
  public Map<String, Double> run(RunLog log) throws IOException {
    Map<String, Double> last = Map.of();
    while (step < totalSteps) {
      last = step();
      log.step(step, last);
      if (RunSettings.isDue(step, run.saveSteps(), totalSteps)) {
        save(last);
      }
    }
    return last;
  }

  private Map<String, Double> step() throws IOException {
    Stopwatch watch = new Stopwatch();
    GenerationBatch batch = source.next();
    watch.lap("rollout");
    List<TrainGroup> groups = groups(batch.kept());
    watch.lap("score");
    MetricSums trained = update(groups);
    watch.lap("update");
    step++;
    Map<String, Double> metrics = RolloutMetrics.of(batch.all());
    metrics.putAll(trained.results());
    // shards add up to an update's loss; several updates are shown by their mean
    metrics.computeIfPresent("loss", (name, sum) -> sum / metrics.get("optimizer_steps"));
    observeDivergence(groups, metrics);
    count(batch, groups, metrics);
    metrics.putAll(watch.metrics(sampledTokens(batch.all())));
    rollouts.write(step, RolloutRows.of(step, batch.all(), groups));
    if (!heldOut.isEmpty() && RunSettings.isDue(step, run.evalSteps(), totalSteps)) {
      crew.evaluate(heldOut).results().forEach((name, value) -> metrics.put("eval_" + name, value));
    }
    return metrics;
  }

  /** Scores where they are needed before the first update, then advantages. */
  private List<TrainGroup> groups(List<GroupRollouts> kept) {
    List<GroupScores> scores =
        setup.scoresBeforeUpdates() && !kept.isEmpty() ? crew.score(kept) : null;
    List<double[]> rewards = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      rewards.add(
          setup.kl().isInReward()
              ? KlRewards.of(kept.get(i), scores.get(i), setup.kl(), kl.beta())
              : kept.get(i).rewards());
    }
    if (setup.advantage().shuffleRewards()) {
      rewards = Advantages.shuffled(rewards, run.seed(), step);
    }
    List<double[]> advantages = Advantages.of(rewards, setup.advantage().scaleRewards());
    List<TrainGroup> groups = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      groups.add(
          new TrainGroup(kept.get(i), advantages.get(i), scores == null ? null : scores.get(i)));
    }
    return groups;
  }

  private MetricSums update(List<TrainGroup> groups) {
    MetricSums metrics = new MetricSums();
    for (int iteration = 0; iteration < setup.batch().numIterations(); iteration++) {
      for (List<TrainGroup> part : updates.parts(groups)) {
        if (updates.hasTokens(part)) {
          optimise(part, metrics);
        }
      }
    }
    return metrics;
  }

  private void optimise(List<TrainGroup> part, MetricSums metrics) {
    double rate = schedule.at(optimizerSteps);
    UpdateTask task =
        new UpdateTask(
            optimizerSteps,
            Shard.cut(part, setup.batch().gradientShards()),
            updates.normaliser(part),
            kl.beta(),
            rate);
    UpdateReport report = crew.update(task);
    optimizerSteps++;
    skipped.count(step + 1, report);
    metrics.add(report.metrics());
    metrics.mean("grad_norm", report.gradientNorm(), 1);
    metrics.mean("learning_rate", rate, 1);
    metrics.sum("optimizer_steps", 1);
  }

  /** The global mean over tokens, before the first update where that was scored. */
  private void observeDivergence(List<TrainGroup> groups, Map<String, Double> metrics) {
    if (!setup.kl().needsReference()) {
      return;
    }
    double divergence =
        setup.scoresBeforeUpdates()
            ? KlRewards.meanPerToken(groups, setup.kl())
            : metrics.getOrDefault("kl", Double.NaN);
    metrics.put("kl", divergence);
    metrics.put("beta", kl.beta());
    kl.observe(divergence, (long) groups.size() * setup.rollout().numGenerations());
  }

  private void count(GenerationBatch batch, List<TrainGroup> groups, Map<String, Double> metrics) {
    tokens += sampledTokens(batch.all());
    metrics.put("num_tokens", (double) tokens);
    metrics.put("epoch", (double) source.position() / trainingRows);
    metrics.put("skipped_steps", (double) skipped.total());
    metrics.put("groups/trained", (double) groups.size());
    metrics.put("groups/resampled", (double) batch.resampled());
    batch.rejected().forEach(code -> metrics.merge("rejects/" + code, 1.0, Double::sum));
  }

  private static long sampledTokens(List<GroupRollouts> groups) {
    return groups.stream()
        .flatMap(group -> group.rollouts().stream())
        .mapToLong(rollout -> rollout.tokens().length)
        .sum();
  }

  private void save(Map<String, Double> metrics) throws IOException {
    double reward = metrics.getOrDefault("eval_strict", Double.NEGATIVE_INFINITY);
    boolean better = reward > bestReward;
    bestReward = Math.max(bestReward, reward);
    ObjectNode state = new ObjectMapper().createObjectNode();
    state.put("recipe", "grpo").put("step", step).put("optimizer_steps", optimizerSteps);
    state.put("position", source.position()).put("seed", run.seed());
    state.put("beta", kl.beta()).put("num_tokens", tokens);
    state.put("skipped_steps", skipped.total());
    if (Double.isFinite(bestReward)) {
      state.put("best_eval_strict", bestReward);
    }
    checkpoints.write(step, state, crew::save);
    if (better) {
      checkpoints.markBest(step, reward);
    }
  }
}
