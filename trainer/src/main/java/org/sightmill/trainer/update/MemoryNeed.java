package org.sightmill.trainer.update;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.engine.DeviceMemory;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.MemoryPlan;

/**
 * What a training needs of the device that it runs on. Sent to executors, which know their devices
 * and have the model's folder.
 *
 * @param load the largest batch that is differentiated
 * @param hasReference whether a second copy of the weights is kept
 * @param memoryBytes what the device is said to have; null to ask it
 */
public record MemoryNeed(
    ModelSettings model, MemoryPlan.Load load, boolean hasReference, Long memoryBytes)
    implements Serializable {

  /**
   * Bytes, part by part, for the model in {@code folder}, of which only the configuration is read.
   *
   * @throws CheckpointException naming what is wrong with the folder
   */
  public MemoryPlan plan(Path folder) {
    MemoryPlan plan = MemoryPlan.of(folder, model.options(), load);
    return hasReference ? plan.withReference() : plan;
  }

  /**
   * Refuses a model that does not fit into what the device of {@code root} has left, before any of
   * it is loaded.
   *
   * @throws CheckpointException with every part in MiB
   */
  public void requireRoom(Path folder, Scope root) {
    long available = memoryBytes == null ? DeviceMemory.availableBytes(root.device()) : memoryBytes;
    Optional<String> shortage = plan(folder).shortage(available);
    if (shortage.isPresent()) {
      throw new CheckpointException("model " + model.path(), List.of(shortage.get()));
    }
  }
}
