package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.distributed.exchange.StepResult;
import org.sightmill.trainer.grpo.Crew;
import org.sightmill.trainer.grpo.GroupRollouts;
import org.sightmill.trainer.grpo.GroupScores;
import org.sightmill.trainer.grpo.GroupTask;
import org.sightmill.trainer.grpo.UpdateTask;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.UpdateReport;

/**
 * GRPO's crew on Spark executors, one policy each. What a run computes is the same, bit for bit, as
 * in one process with as many threads, whatever the number of executors and whichever of them die.
 * Lives on the driver.
 */
public final class SparkCrew implements Crew {
  private final SparkCluster<GrpoReplica, UpdateTask> cluster;

  /**
   * A crew of all executors of the application.
   *
   * @param modelPath a folder that every node has, or any Hadoop URI
   */
  public SparkCrew(
      JavaSparkContext spark, ClusterSettings settings, String modelPath, GrpoWorkerFactory factory)
      throws IOException {
    this.cluster =
        new SparkCluster<>(
            spark,
            settings,
            modelPath,
            (root, model) -> new GrpoReplica(() -> factory.create(root, model)),
            new StepKind<>(UpdateTask.class, task -> task.shards().size()));
  }

  @Override
  public List<GroupRollouts> roll(List<List<GroupTask>> batches) {
    List<List<GroupTask>> sent = new ArrayList<>();
    batches.forEach(batch -> sent.add(new ArrayList<>(batch)));
    List<List<GroupRollouts>> rolled =
        cluster.map(
            "rollouts in %d batches".formatted(sent.size()),
            sent,
            (replica, batch, placement) -> replica.roll(batch, placement));
    return rolled.stream().flatMap(List::stream).toList();
  }

  @Override
  public List<GroupScores> score(List<GroupRollouts> groups) {
    return cluster.map(
        "log-probabilities of %d groups".formatted(groups.size()),
        groups,
        (replica, group, placement) -> replica.score(group));
  }

  @Override
  public UpdateReport update(UpdateTask task) {
    cluster.requireVersion(task.policyVersion());
    StepResult result = cluster.step(task);
    return Reports.of(result, task.shards().size());
  }

  /** In one task: answers depend on what is decoded side by side. */
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
