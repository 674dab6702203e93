package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.distributed.exchange.StepResult;
import org.sightmill.trainer.sft.SftCrew;
import org.sightmill.trainer.sft.SftTask;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.UpdateReport;

/**
 * The crew of supervised fine-tuning on Spark executors, one policy each; the same update path as
 * GRPO's. Lives on the driver.
 */
public final class SparkSftCrew implements SftCrew {
  private final SparkCluster<SftReplica, CountedSftTask> cluster;

  /**
   * A crew of all executors of the application.
   *
   * @param modelPath a folder that every node has, or any Hadoop URI
   */
  public SparkSftCrew(
      JavaSparkContext spark, ClusterSettings settings, String modelPath, SftWorkerFactory factory)
      throws IOException {
    this.cluster =
        new SparkCluster<>(
            spark,
            settings,
            modelPath,
            (root, model) -> new SftReplica(() -> factory.create(root, model)),
            new StepKind<>(CountedSftTask.class, task -> task.task().shards().size()));
  }

  @Override
  public UpdateReport update(SftTask task) {
    cluster.requireVersion(task.policyVersion());
    MetricSums counts = new MetricSums();
    cluster
        .map(
            "tokens of %d shards".formatted(task.shards().size()),
            task.shards(),
            (replica, shard, placement) -> replica.count(shard))
        .forEach(counts::add);
    double tokens = counts.results().getOrDefault("tokens", 0.0);
    StepResult result = cluster.step(new CountedSftTask(task, tokens));
    UpdateReport report = Reports.of(result, task.shards().size());
    return new UpdateReport(
        counts.add(report.metrics()), report.gradientNorm(), report.weightHash());
  }

  /** In one task: the mean over batches must be added in one order. */
  @Override
  public MetricSums evaluate(List<VisualSample> samples) {
    List<List<VisualSample>> sent = List.of(new ArrayList<>(samples));
    return cluster
        .map(
            "evaluation of %d samples".formatted(samples.size()),
            sent,
            (replica, batch, placement) -> replica.evaluate(batch))
        .get(0);
  }

  @Override
  public void save(Path folder) throws IOException {
    cluster.save(Files.createDirectories(folder));
  }

  @Override
  public void load(Path folder, long policyVersion) throws IOException {
    cluster.load(folder, policyVersion);
  }

  @Override
  public void export(Path folder) throws IOException {
    cluster.export(Files.createDirectories(folder));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
