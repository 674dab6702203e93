package org.sightmill.jobs.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.step.StepReport;
import org.sightmill.trainer.metric.RolloutRow;

/**
 * What this driver has done so far, as numbers that monitoring reads. Those of the six steps are
 * the sums of the steps that were committed, so they are exact whatever was retried; rewards are
 * the means of the newest training step.
 */
public final class RunNumbers {
  static final String ROWS = "rows";
  static final String REJECTED = "rows_rejected";
  static final String ENDED = "rows_ended"; // by reason, those that curate did not select too
  static final String INPUT_TOKENS = "input_tokens";
  static final String OUTPUT_TOKENS = "output_tokens";
  static final String COST = "cost_usd";
  static final String STEP = "training_step";
  static final String COMPLETION_TOKENS = "completion_tokens";
  static final String REWARD = "reward";

  private static final RunNumbers CURRENT = new RunNumbers();

  private final SortedMap<String, Double> values = new TreeMap<>();
  private MetricRegistry registry;

  RunNumbers() {
    for (String name :
        List.of(
            ROWS, REJECTED, INPUT_TOKENS, OUTPUT_TOKENS, COST, STEP, COMPLETION_TOKENS, REWARD)) {
      values.put(name, 0.0);
    }
  }

  /** Those of this JVM: a driver runs one command. */
  public static RunNumbers current() {
    return CURRENT;
  }

  /** Shows every number, those that come later too, in a registry of metrics. */
  synchronized void showIn(MetricRegistry metrics) {
    registry = metrics;
    values.keySet().forEach(this::show);
  }

  private void show(String name) {
    Gauge<Double> gauge = () -> value(name);
    registry.register(name, gauge);
  }

  synchronized double value(String name) {
    return values.getOrDefault(name, 0.0);
  }

  /** A step was committed: its rows, why some ended, and what its calls took. */
  public synchronized void add(StepReport report) {
    Map<String, Double> measures = report.measures();
    set(ROWS + "." + report.step().label(), (double) report.counts().out());
    add(ROWS, (double) report.counts().out());
    add(REJECTED, (double) report.counts().rejected());
    report
        .reasons()
        .forEach(reason -> add(ENDED + "." + reason.code().code(), (double) reason.rows()));
    for (String name : List.of(INPUT_TOKENS, OUTPUT_TOKENS, COST)) {
      add(name, measures.getOrDefault(name, 0.0));
    }
  }

  /** A training step's rollouts were rewarded. */
  public synchronized void add(long step, List<RolloutRow> rows) {
    set(STEP, (double) step);
    add(COMPLETION_TOKENS, (double) rows.stream().mapToLong(RolloutRow::tokens).sum());
    set(REWARD, rows.stream().mapToDouble(RolloutRow::reward).average().orElse(0));
    SortedMap<String, double[]> parts = new TreeMap<>();
    rows.forEach(
        row ->
            row.rewardParts()
                .forEach(
                    (name, value) -> {
                      double[] sum = parts.computeIfAbsent(name, key -> new double[2]);
                      sum[0] += value;
                      sum[1]++;
                    }));
    parts.forEach((name, sum) -> set(REWARD + "." + name, sum[0] / sum[1]));
  }

  private void add(String name, double amount) {
    set(name, value(name) + amount);
  }

  private void set(String name, double value) {
    boolean isNew = values.put(name, value) == null;
    if (isNew && registry != null) {
      show(name);
    }
  }
}
