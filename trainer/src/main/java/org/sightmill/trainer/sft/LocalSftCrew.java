package org.sightmill.trainer.sft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.data.PromptSettings;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.update.FixedTree;
import org.sightmill.trainer.update.Hardware;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.OptimizerSettings;
import org.sightmill.trainer.update.ShardGradient;
import org.sightmill.trainer.update.UpdateReport;

/** All work by one worker in this process. */
public final class LocalSftCrew implements SftCrew {
  private final Scope root;
  private final SftWorker worker;

  private LocalSftCrew(Scope root, SftWorker worker) {
    this.root = root;
    this.worker = worker;
  }

  /** Loads the model onto a device. */
  public static LocalSftCrew open(
      Hardware hardware,
      ModelSettings model,
      SftSettings settings,
      OptimizerSettings optimizer,
      PromptSettings prompts,
      PictureSource pictures)
      throws IOException {
    Scope root = hardware.open();
    return new LocalSftCrew(
        root, new SftWorker(root, model, settings, optimizer, prompts, pictures));
  }

  @Override
  public UpdateReport update(SftTask task) {
    List<SftShard> shards = task.shards();
    MetricSums counts = new MetricSums();
    shards.forEach(shard -> counts.add(worker.prepare(shard)));
    double tokens = counts.results().getOrDefault("tokens", 0.0);
    if (tokens == 0) {
      return new UpdateReport(counts, 0, worker.weightHash());
    }
    try (Scope scope = worker.newScope();
        ShardGradient sum =
            FixedTree.sum(
                shards.size(),
                i -> worker.gradient(scope, shards.get(i), tokens),
                ShardGradient::plus)) {
      double norm = worker.apply(sum.gradients(), task.learningRate());
      return new UpdateReport(counts.add(sum.metrics()), norm, worker.weightHash());
    }
  }

  @Override
  public MetricSums evaluate(List<VisualSample> samples) {
    return worker.evaluate(samples);
  }

  @Override
  public void save(Path folder) throws IOException {
    worker.save(folder);
  }

  @Override
  public void load(Path folder, long policyVersion) {
    worker.load(folder);
  }

  @Override
  public void export(Path folder) throws IOException {
    worker.export(folder);
  }

  @Override
  public void close() {
    worker.close();
    root.close();
  }
}
