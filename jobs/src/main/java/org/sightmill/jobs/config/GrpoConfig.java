package org.sightmill.jobs.config;

import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.trainer.data.PromptSettings;
import org.sightmill.trainer.grpo.AdvantageSettings;
import org.sightmill.trainer.grpo.BatchSettings;
import org.sightmill.trainer.grpo.GrpoSetup;
import org.sightmill.trainer.grpo.KlSettings;
import org.sightmill.trainer.grpo.ObjectiveSettings;
import org.sightmill.trainer.grpo.RolloutSettings;
import org.sightmill.trainer.update.Hardware;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.OptimizerSettings;
import org.sightmill.trainer.update.RunSettings;

/**
 * The whole configuration of {@code grpo}; keys within the sections are TRL's where it has one.
 *
 * @param root as in {@link RunConfig}
 * @param runId the folder below root, where {@code grpo/} is written and {@code 6-curate} may lie
 * @param arm where this run is one of several arms: it is then written to {@code train/<arm>}; null
 *     for {@code grpo/}
 * @param memoryBytes what the device may take; null for what it has
 * @param completionSteps steps between two files of completions, null for every step, 0 for none
 * @param loadBestModelAtEnd whether the model that is left is that of the saved step that did best
 *     on the held-out rows, as in transformers; false for the last step's
 */
public record GrpoConfig(
    String root,
    String runId,
    ModelSettings model,
    DataSection data,
    PromptSettings prompt,
    RolloutSettings rollout,
    ObjectiveSettings loss,
    KlSettings kl,
    AdvantageSettings advantage,
    BatchSettings batch,
    RewardSection reward,
    OptimizerSettings optimizer,
    RunSettings run,
    Hardware device,
    String arm,
    Long memoryBytes,
    Integer completionSteps,
    Boolean loadBestModelAtEnd) {

  /**
   * Fills in the defaults of single keys; rejects a missing model and batches that don't divide.
   */
  public GrpoConfig {
    root = root == null ? RunConfig.DEFAULT_ROOT : root;
    arm = arm == null ? null : RunLayout.sanitised(arm);
    runId = runId == null ? RunConfig.DEFAULT_RUN_ID : RunLayout.sanitised(runId);
    device = device == null ? Hardware.AUTO : device;
    loadBestModelAtEnd = loadBestModelAtEnd != null && loadBestModelAtEnd;
    completionSteps = completionSteps == null ? 1 : completionSteps;
    if (model == null) {
      throw new IllegalArgumentException("model is required: model.path names its folder");
    }
    new GrpoSetup(rollout, loss, kl, advantage, batch, optimizer);
  }

  /** What decides what a step computes. */
  public GrpoSetup setup() {
    return new GrpoSetup(rollout, loss, kl, advantage, batch, optimizer);
  }

  /** Where this run lies. */
  public RunLayout layout() {
    return new RunLayout(root, runId);
  }
}
