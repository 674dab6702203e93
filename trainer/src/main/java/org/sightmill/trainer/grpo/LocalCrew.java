package org.sightmill.trainer.grpo;

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
import org.sightmill.trainer.update.ShardGradient;
import org.sightmill.trainer.update.UpdateReport;

/** All work by one worker in this process. */
public final class LocalCrew implements Crew {
  private final Scope root;
  private final GrpoWorker worker;

  private LocalCrew(Scope root, GrpoWorker worker) {
    this.root = root;
    this.worker = worker;
  }

  /** Loads policy and reference onto a device. */
  public static LocalCrew open(
      Hardware hardware,
      ModelSettings model,
      GrpoSetup setup,
      PromptSettings prompts,
      PictureSource pictures,
      Rewarder rewarder)
      throws IOException {
    Scope root = hardware.open();
    return new LocalCrew(root, new GrpoWorker(root, model, setup, prompts, pictures, rewarder));
  }

  @Override
  public List<GroupRollouts> roll(List<List<GroupTask>> batches) {
    return batches.stream().flatMap(batch -> worker.roll(batch).stream()).toList();
  }

  @Override
  public List<GroupScores> score(List<GroupRollouts> groups) {
    return groups.stream().map(worker::score).toList();
  }

  @Override
  public UpdateReport update(UpdateTask task) {
    List<Shard> shards = task.shards();
    try (Scope scope = worker.newScope();
        ShardGradient sum =
            FixedTree.sum(
                shards.size(),
                i -> worker.gradient(scope, shards.get(i), task),
                ShardGradient::plus)) {
      double norm = worker.apply(sum.gradients(), task.learningRate());
      return new UpdateReport(sum.metrics(), norm, worker.weightHash());
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
    worker.policyVersion(policyVersion);
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
