package org.sightmill.trainer.model;

import java.util.Optional;
import java.util.Set;
import org.sightmill.trainer.engine.ComputeType;

/**
 * How a model is loaded.
 *
 * @param compute type of weights and activations in matrix products
 * @param trained parts whose weights get gradients and, where {@code compute} is shorter than 32
 *     bits, 32-bit masters; with adapters this is usually empty
 * @param lora adapters to add
 */
public record PolicyOptions(
    ComputeType compute, Set<ModelPart> trained, Optional<LoraConfig> lora) {

  /** Copies the set. */
  public PolicyOptions {
    trained = Set.copyOf(trained);
  }

  /** For scoring and generation only. */
  public static PolicyOptions frozen(ComputeType compute) {
    return new PolicyOptions(compute, Set.of(), Optional.empty());
  }

  /** All weights train. */
  public static PolicyOptions whole(ComputeType compute) {
    return new PolicyOptions(compute, Set.of(ModelPart.values()), Optional.empty());
  }

  /** The decoder trains; the vision tower and its merger stay as they are. */
  public static PolicyOptions withoutVision(ComputeType compute) {
    return new PolicyOptions(
        compute, Set.of(ModelPart.EMBEDDING, ModelPart.DECODER, ModelPart.HEAD), Optional.empty());
  }

  /** Only adapters train. */
  public static PolicyOptions adapters(ComputeType compute, LoraConfig lora) {
    return new PolicyOptions(compute, Set.of(), Optional.of(lora));
  }

  boolean trains(ModelPart part) {
    return trained.contains(part);
  }
}
