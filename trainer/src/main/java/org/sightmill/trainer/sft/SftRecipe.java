package org.sightmill.trainer.sft;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sightmill.trainer.checkpoint.Checkpoints;
import org.sightmill.trainer.data.Shuffles;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.metric.RunLog;
import org.sightmill.trainer.optim.LearningRate;
import org.sightmill.trainer.update.OptimizerSettings;
import org.sightmill.trainer.update.RunSettings;
import org.sightmill.trainer.update.SkippedSteps;
import org.sightmill.trainer.update.UpdateReport;

/**
 * Supervised fine-tuning: batches in a seeded order, one optimizer step each, now and then a look
 * at the held-out part and a resume point.
 */
public final class SftRecipe {
  private final SftSettings settings;
  private final RunSettings run;
  private final LearningRate schedule;
  private final List<VisualSample> training;
  private final List<VisualSample> heldOut;
  private final SftCrew crew;
  private final Checkpoints checkpoints;
  private final SkippedSteps skipped;
  private final long totalSteps;
  private long step;
  private long tokens;
  private double bestLoss = Double.POSITIVE_INFINITY;

  /** A run from its first step; {@link #resume} goes on with an earlier one. */
  public SftRecipe(
      SftSettings settings,
      RunSettings run,
      OptimizerSettings optimizer,
      SftData data,
      SftCrew crew,
      Checkpoints checkpoints) {
    this.settings = settings;
    this.run = run;
    this.training = data.training();
    this.heldOut = data.heldOut();
    this.crew = crew;
    this.checkpoints = checkpoints;
    this.totalSteps = run.totalSteps(training.size(), settings.batchSize());
    this.schedule = optimizer.schedule(totalSteps);
    this.skipped = new SkippedSteps(optimizer.maxSkippedSteps());
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
    step = saved.get().step();
    tokens = saved.get().state().path("num_tokens").asLong();
    bestLoss = saved.get().state().path("best_eval_loss").asDouble(Double.POSITIVE_INFINITY);
    skipped.restore(saved.get().state().path("skipped_steps").asLong());
    crew.load(saved.get().folder(), step);
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

  private Map<String, Double> step() {
    long start = System.nanoTime();
    double rate = schedule.at(step);
    List<SftShard> shards = SftShard.cut(batch(step), settings.gradientShards());
    UpdateReport report = crew.update(new SftTask(step, shards, rate));
    step++;
    skipped.count(step, report);
    Map<String, Double> metrics = new TreeMap<>(report.metrics().results());
    double stepTokens =
        metrics.getOrDefault("tokens", 0.0) + metrics.getOrDefault("prompt_tokens", 0.0);
    metrics.keySet().removeAll(List.of("tokens", "prompt_tokens"));
    tokens += (long) stepTokens;
    double seconds = (System.nanoTime() - start) / 1e9;
    metrics.put("num_tokens", (double) tokens);
    metrics.put("tokens_per_second", stepTokens / seconds);
    metrics.put("step_time", seconds);
    metrics.put("epoch", (double) step * settings.batchSize() / training.size());
    metrics.put("learning_rate", rate);
    metrics.put("grad_norm", report.gradientNorm());
    metrics.put("skipped_steps", (double) skipped.total());
    if (!heldOut.isEmpty() && RunSettings.isDue(step, run.evalSteps(), totalSteps)) {
      crew.evaluate(heldOut).results().forEach((name, value) -> metrics.put("eval_" + name, value));
    }
    return metrics;
  }

  /** The samples of a step, by its number and the seed alone. */
  private List<VisualSample> batch(long index) {
    List<VisualSample> batch = new ArrayList<>();
    int size = training.size();
    long epoch = -1;
    int[] order = {};
    long first = index * settings.batchSize();
    for (long position = first; position < first + settings.batchSize(); position++) {
      if (position / size != epoch) {
        epoch = position / size;
        order = Shuffles.order(run.seed(), epoch, size);
      }
      batch.add(training.get(order[(int) (position % size)]));
    }
    return batch;
  }

  private void save(Map<String, Double> metrics) throws IOException {
    double loss = metrics.getOrDefault("eval_loss", Double.POSITIVE_INFINITY);
    boolean better = loss < bestLoss;
    bestLoss = Math.min(bestLoss, loss);
    ObjectNode state = new ObjectMapper().createObjectNode();
    state.put("recipe", "sft").put("step", step).put("num_tokens", tokens);
    state.put("skipped_steps", skipped.total());
    if (Double.isFinite(bestLoss)) {
      state.put("best_eval_loss", bestLoss);
    }
    checkpoints.write(step, state, crew::save);
    if (better) {
      checkpoints.markBest(step, loss);
    }
  }
}
