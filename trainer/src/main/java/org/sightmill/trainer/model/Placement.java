package org.sightmill.trainer.model;

import ai.djl.Device;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.EngineInfo;

/**
 * Where and in what type a model computes, as options and configurations say it.
 *
 * @param device {@code auto} (the first GPU, else the processor), {@code cpu}, {@code cuda} or
 *     {@code cuda:N}
 * @param dtype {@code float32} or {@code bfloat16}
 */
public record Placement(String device, String dtype) {
  private static final Pattern DEVICE = Pattern.compile("auto|cpu|cuda(?::(\\d{1,3}))?");

  private static final Map<String, ComputeType> TYPES =
      Map.of("float32", ComputeType.FLOAT32, "bfloat16", ComputeType.BFLOAT16);

  /** Rejects names that there are not. */
  public Placement {
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "device must be auto, cpu, cuda or cuda:N but was '%s'".formatted(device));
    }
    if (!TYPES.containsKey(dtype)) {
      throw new IllegalArgumentException(
          "dtype must be float32 or bfloat16 but was '%s'".formatted(dtype));
    }
  }

  /** The type of weights and activations in matrix products. */
  public ComputeType compute() {
    return TYPES.get(dtype);
  }

  /** A model here for scoring and generation only. */
  public PolicyOptions frozen() {
    return PolicyOptions.frozen(compute());
  }

  /** A model here of which all weights train. */
  public PolicyOptions whole() {
    return PolicyOptions.whole(compute());
  }

  /** A model here of which only adapters train. */
  public PolicyOptions adapters(LoraConfig lora) {
    return PolicyOptions.adapters(compute(), lora);
  }

  /**
   * The device, which the native library must see.
   *
   * @throws IllegalArgumentException if it does not, or if there is no native library
   */
  public Device target() {
    int gpus = library().gpus();
    if (device.equals("cpu") || (device.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    Matcher parts = DEVICE.matcher(device);
    int number = parts.matches() && parts.group(1) != null ? Integer.parseInt(parts.group(1)) : 0;
    if (number >= gpus) {
      throw new IllegalArgumentException(
          "device %s: the native library sees %d GPUs".formatted(device, gpus));
    }
    return Device.gpu(number);
  }

  private static EngineInfo library() {
    Optional<EngineInfo> found = EngineInfo.find();
    return found.orElseThrow(
        () -> new IllegalArgumentException("no native library: " + EngineInfo.advice()));
  }
}
