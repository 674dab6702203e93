package org.sightmill.trainer.update;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.model.LoraConfig;
import org.sightmill.trainer.model.LoraTarget;
import org.sightmill.trainer.model.ModelPart;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.PolicyOptions;

/**
 * What is trained and how.
 *
 * @param path a Hugging Face folder
 * @param compute type of matrix products, null for {@code float32}; masters are always in 32 bits
 * @param train parts whose weights change; must be empty with LoRA
 * @param lora adapters to train instead, or null
 * @param gradientCheckpointing computes activations anew in backward instead of keeping them; null
 *     for false
 */
public record ModelSettings(
    String path,
    ComputeType compute,
    Set<ModelPart> train,
    Lora lora,
    Boolean gradientCheckpointing)
    implements Serializable {

  /** The vision tower and its merger stay frozen, as in the paper. */
  public static final Set<ModelPart> DEFAULT_TRAIN =
      EnumSet.of(ModelPart.EMBEDDING, ModelPart.DECODER, ModelPart.HEAD);

  /**
   * Adapters.
   *
   * @param rank inner width
   * @param alpha scale, divided by the rank
   * @param targets projections of the decoder; empty for all
   * @param path folder of adapters in PEFT's form to go on with, of the same rank, scale and
   *     targets, where every executor can read it; null for new ones
   */
  public record Lora(int rank, double alpha, Set<LoraTarget> targets, String path)
      implements Serializable {
    /** Copies the set; rejects a rank or scale that is not positive. */
    public Lora {
      targets = targets.isEmpty() ? EnumSet.allOf(LoraTarget.class) : EnumSet.copyOf(targets);
      new LoraConfig(rank, alpha, targets);
    }

    /** New adapters. */
    public Lora(int rank, double alpha, Set<LoraTarget> targets) {
      this(rank, alpha, targets, null);
    }

    LoraConfig config() {
      return new LoraConfig(rank, alpha, targets);
    }
  }

  /** Fills in what trains; rejects weights that train beside adapters. */
  public ModelSettings {
    if (path == null || path.isBlank()) {
      throw new IllegalArgumentException("path is required: the folder of the model");
    }
    gradientCheckpointing = gradientCheckpointing != null && gradientCheckpointing;
    compute = compute == null ? ComputeType.FLOAT32 : compute;
    if (lora != null && !train.isEmpty()) {
      throw new IllegalArgumentException("train must be empty where lora is set but was " + train);
    }
    train = Set.copyOf(lora == null && train.isEmpty() ? DEFAULT_TRAIN : train);
  }

  /** The same from another folder, such as a copy on another machine. */
  public ModelSettings at(String otherPath) {
    return new ModelSettings(otherPath, compute, train, lora, gradientCheckpointing);
  }

  /** As a policy is loaded. */
  public PolicyOptions options() {
    return new PolicyOptions(compute, train, Optional.ofNullable(lora).map(Lora::config));
  }

  /**
   * Whether switching the adapters off gives the model that training starts from: those that are
   * new do nothing yet.
   */
  public boolean startsAtItsBase() {
    return lora != null && lora.path() == null;
  }

  /** What a forward keeps that is to be differentiated. */
  public PassMode passMode() {
    return gradientCheckpointing ? PassMode.RECOMPUTE : PassMode.KEEP_ACTIVATIONS;
  }
}
