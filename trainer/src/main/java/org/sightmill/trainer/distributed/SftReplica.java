package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.sft.SftShard;
import org.sightmill.trainer.sft.SftWorker;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.ShardGradient;

/** A worker of supervised fine-tuning as a replica. */
final class SftReplica extends WorkerReplica<CountedSftTask> {
  private final Maker maker;
  private SftWorker worker;

  /** Makes a worker from the base model. */
  interface Maker {
    SftWorker make() throws IOException;
  }

  SftReplica(Maker maker) throws IOException {
    this.maker = maker;
    this.worker = maker.make();
  }

  /** What of a shard trains, and what does not. */
  MetricSums count(SftShard shard) {
    MetricSums counts = worker.prepare(shard);
    worker.forget();
    return counts;
  }

  MetricSums evaluate(List<VisualSample> samples) {
    return worker.evaluate(samples);
  }

  /** A shard that was counted elsewhere, or by an attempt that failed, is prepared again. */
  @Override
  ShardGradient gradient(Scope scope, CountedSftTask work, int shard) {
    SftShard samples = work.task().shards().get(shard);
    worker.prepare(samples);
    return worker.gradient(scope, samples, work.tokens());
  }

  @Override
  double apply(Gradients gradients, CountedSftTask work) {
    return work.tokens() == 0 ? 0 : worker.apply(gradients, work.task().learningRate());
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
    // Nothing in this recipe depends on it.
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
