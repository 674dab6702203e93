package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.grpo.GroupRollouts;
import org.sightmill.trainer.grpo.GroupScores;
import org.sightmill.trainer.grpo.GroupTask;
import org.sightmill.trainer.grpo.GrpoWorker;
import org.sightmill.trainer.grpo.UpdateTask;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.ShardGradient;

/** A GRPO worker as a replica. */
final class GrpoReplica extends WorkerReplica<UpdateTask> {
  private final Maker maker;
  private GrpoWorker worker;

  /** Makes a worker from the base model. */
  interface Maker {
    GrpoWorker make() throws IOException;
  }

  GrpoReplica(Maker maker) throws IOException {
    this.maker = maker;
    this.worker = maker.make();
  }

  List<GroupRollouts> roll(List<GroupTask> batch, Placement placement) {
    return worker.roll(batch).stream().map(group -> placed(group, placement)).toList();
  }

  private static GroupRollouts placed(GroupRollouts group, Placement placement) {
    return new GroupRollouts(
        group.task(),
        group.rollouts(),
        group.rejectCode(),
        group.policyVersion(),
        "executor %s on %s".formatted(placement.executor(), group.host()),
        placement.computesOn(),
        group.rewardSeconds());
  }

  GroupScores score(GroupRollouts group) {
    return worker.score(group);
  }

  MetricSums evaluate(List<VisualSample> samples) {
    return worker.evaluate(samples);
  }

  @Override
  ShardGradient gradient(Scope scope, UpdateTask work, int shard) {
    return worker.gradient(scope, work.shards().get(shard), work);
  }

  @Override
  double apply(Gradients gradients, UpdateTask work) {
    return worker.apply(gradients, work.learningRate());
  }

  @Override
  Policy policy() {
    return worker.policy();
  }

  @Override
  Scope newScope() {
    return worker.newScope();
  }

  @Override
  void versionSet(long newVersion) {
    worker.policyVersion(newVersion);
  }

  @Override
  public String hash() {
    return worker.weightHash();
  }

  @Override
  public void save(Path folder) throws IOException {
    worker.save(folder);
  }

  @Override
  public void export(Path folder) throws IOException {
    worker.export(folder);
  }

  @Override
  public void load(Path folder, long newVersion) {
    worker.load(folder);
    version(newVersion);
  }

  @Override
  public void restart() throws IOException {
    worker.close();
    worker = maker.make();
    version(0);
  }

  @Override
  public void close() {
    worker.close();
  }
}
