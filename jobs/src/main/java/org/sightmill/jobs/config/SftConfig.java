package org.sightmill.jobs.config;

import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.trainer.data.PromptSettings;
import org.sightmill.trainer.sft.SftSettings;
import org.sightmill.trainer.update.Hardware;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.OptimizerSettings;
import org.sightmill.trainer.update.RunSettings;

/**
 * The whole configuration of {@code sft}.
 *
 * @param root as in {@link RunConfig}
 * @param runId the folder below root, where {@code sft/} is written and {@code 6-curate} may lie
 * @param newModel a tiny model to make first, or null
 * @param arm where this run is one of several arms: it is then written to {@code train/<arm>}; null
 *     for {@code sft/}
 * @param memoryBytes what the device may take; null for what it has
 * @param loadBestModelAtEnd whether the model that is left is that of the saved step that did best
 *     on the held-out rows, as in transformers; false for the last step's
 */
public record SftConfig(
    String root,
    String runId,
    ModelSettings model,
    NewModelSection newModel,
    DataSection data,
    PromptSettings prompt,
    SftSettings sft,
    OptimizerSettings optimizer,
    RunSettings run,
    Hardware device,
    String arm,
    Long memoryBytes,
    Boolean loadBestModelAtEnd) {

  /** Fills in the defaults of the first keys; rejects a missing model. */
  public SftConfig {
    root = root == null ? RunConfig.DEFAULT_ROOT : root;
    arm = arm == null ? null : RunLayout.sanitised(arm);
    runId = runId == null ? RunConfig.DEFAULT_RUN_ID : RunLayout.sanitised(runId);
    device = device == null ? Hardware.AUTO : device;
    loadBestModelAtEnd = loadBestModelAtEnd != null && loadBestModelAtEnd;
    if (model == null) {
      throw new IllegalArgumentException("model is required: model.path names its folder");
    }
  }

  /** Where this run lies. */
  public RunLayout layout() {
    return new RunLayout(root, runId);
  }
}
