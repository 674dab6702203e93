package org.sightmill.trainer.grpo;

import java.io.Serializable;
import org.sightmill.trainer.update.OptimizerSettings;

/** All settings that decide what a step computes; the same on every machine. */
public record GrpoSetup(
    RolloutSettings rollout,
    ObjectiveSettings objective,
    KlSettings kl,
    AdvantageSettings advantage,
    BatchSettings batch,
    OptimizerSettings optimizer)
    implements Serializable {

  /** Rejects batches that do not divide. */
  public GrpoSetup {
    int generations = rollout.numGenerations();
    if (batch.generationBatchSize() % generations != 0) {
      throw new IllegalArgumentException(
          "generation_batch_size must be a multiple of num_generations %d but was %d"
              .formatted(generations, batch.generationBatchSize()));
    }
    int groups = batch.generationBatchSize() / generations;
    if (groups % batch.stepsPerGeneration() != 0) {
      throw new IllegalArgumentException(
          "steps_per_generation must divide the %d groups of a generation batch but was %d"
              .formatted(groups, batch.stepsPerGeneration()));
    }
  }

  /** Groups of a generation batch. */
  public int groupsPerStep() {
    return batch.generationBatchSize() / rollout.numGenerations();
  }

  /** Whether log-probabilities of a training forward are needed before the first update. */
  boolean scoresBeforeUpdates() {
    return batch.updatesPerBatch() > 1 || kl.isInReward();
  }
}
