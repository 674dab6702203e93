package org.sightmill.trainer.update;

import java.io.IOException;
import java.nio.file.Path;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.AdapterLoader;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.PolicySaver;

/** The policy that training starts from, and what is left of it at the end. */
public final class StartingPolicy {
  private StartingPolicy() {}

  /**
   * Loads the model with its adapters, old or new.
   *
   * @throws org.sightmill.trainer.checkpoint.CheckpointException naming all that is wrong with the
   *     model's folder, or all in which the adapters do not fit the model
   */
  public static Policy load(Scope scope, ModelSettings settings) {
    Policy policy = Policy.load(scope, Path.of(settings.path()), settings.options());
    if (settings.lora() == null || settings.lora().path() == null) {
      return policy;
    }
    try {
      AdapterLoader.load(policy, Path.of(settings.lora().path()));
      return policy;
    } catch (RuntimeException e) {
      policy.close();
      throw e;
    }
  }

  /** The same weights a second time, or the policy itself without its adapters where that is so. */
  public static Policy reference(Scope scope, Policy policy, ModelSettings settings) {
    if (settings.startsAtItsBase()) {
      return policy.withoutAdapters();
    }
    return settings.lora() == null
        ? Policy.load(scope, Path.of(settings.path()), PolicyOptions.frozen(settings.compute()))
        : load(scope, settings);
  }

  /** Writes the model as transformers loads it, with adapters merged, and beside it their files. */
  public static void export(Policy policy, ModelSettings settings, Path folder) throws IOException {
    PolicySaver.save(policy, Path.of(settings.path()), folder, ComputeType.FLOAT32);
    if (settings.lora() != null) {
      PolicySaver.saveAdapters(policy, settings.path(), folder);
    }
  }
}
