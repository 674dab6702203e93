package org.sightmill.trainer.model;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.DeviceMemory;

/**
 * Bytes that a run needs on one device, estimated before anything is loaded. Activations are
 * counted per token and layer and leave out short-lived buffers, so the plan is a lower bound.
 *
 * @param weights in the compute type
 * @param reference of a second copy of the weights; 0 without one
 * @param masters 32-bit copies of what trains, where the compute type is shorter
 * @param gradients in 32 bits
 * @param moments of AdamW, two per trained weight
 * @param cache keys and values of a batch
 * @param activations kept for backward
 */
public record MemoryPlan(
    long weights,
    long reference,
    long masters,
    long gradients,
    long moments,
    long cache,
    long activations) {

  /**
   * A batch's size.
   *
   * @param rows sequences at a time
   * @param tokens of each, prompt and completion together
   */
  public record Load(int rows, int tokens, PassMode mode) implements Serializable {}

  /** The plan for a model. */
  public static MemoryPlan of(QwenConfig config, PolicyOptions options, Load load) {
    long all = 0;
    long trained = 0;
    for (ParameterSpec spec : ParameterTable.of(config).all()) {
      all += spec.elements();
      trained += options.trains(spec.part()) ? spec.elements() : 0;
    }
    trained += adapterElements(config, options);
    boolean shortened = options.compute() != ComputeType.FLOAT32;
    return new MemoryPlan(
        all * options.compute().bytes(),
        0,
        shortened ? trained * Float.BYTES : 0,
        trained * Float.BYTES,
        2 * trained * Float.BYTES,
        cacheBytes(config.text(), options.compute(), load),
        activationBytes(config.text(), options.compute(), load));
  }

  /**
   * The plan for a model in a folder, of which only the configuration is read.
   *
   * @throws org.sightmill.trainer.checkpoint.CheckpointException naming what is wrong with it
   */
  public static MemoryPlan of(Path folder, PolicyOptions options, Load load) {
    List<String> problems = new ArrayList<>();
    Optional<QwenConfig> config = ConfigReader.read(folder, problems);
    if (!problems.isEmpty()) {
      throw new CheckpointException("model " + folder, problems);
    }
    return of(config.orElseThrow(), options, load);
  }

  private static long adapterElements(QwenConfig config, PolicyOptions options) {
    return options
        .lora()
        .map(
            lora ->
                lora.targets().stream()
                    .mapToLong(
                        target ->
                            (long) lora.rank()
                                * (target.inputWidth(config.text())
                                    + target.outputWidth(config.text()))
                                * config.text().layers())
                    .sum())
        .orElse(0L);
  }

  private static long cacheBytes(TextConfig c, ComputeType compute, Load load) {
    return 2L
        * c.layers()
        * c.keyValueHeads()
        * c.headWidth()
        * load.rows()
        * load.tokens()
        * compute.bytes();
  }

  private static long activationBytes(TextConfig c, ComputeType compute, Load load) {
    long cells = (long) load.rows() * load.tokens();
    return switch (load.mode()) {
      case FORWARD_ONLY -> 0;
      case RECOMPUTE ->
          cells * (c.layers() + 1) * c.hidden() * Float.BYTES + layer(c, compute, cells);
      case KEEP_ACTIVATIONS -> c.layers() * layer(c, compute, cells);
    };
  }

  /** Two residual states in 32 bits; norms, projections and the MLP in the compute type. */
  private static long layer(TextConfig c, ComputeType compute, long cells) {
    long wide = 2L * c.hidden() * Float.BYTES;
    long narrow = (4L * c.hidden() + 2L * c.qkvWidth() + 4L * c.intermediate()) * compute.bytes();
    return cells * (wide + narrow);
  }

  /** The same with a second copy of the weights, which GRPO's divergence is measured against. */
  public MemoryPlan withReference() {
    return new MemoryPlan(weights, weights, masters, gradients, moments, cache, activations);
  }

  /** All together. */
  public long totalBytes() {
    return weights + reference + masters + gradients + moments + cache + activations;
  }

  /**
   * Refuses a plan that does not fit.
   *
   * @throws IllegalArgumentException with every part in MiB
   */
  public void requireFits(long availableBytes) {
    Optional<String> shortage = shortage(availableBytes);
    if (shortage.isPresent()) {
      throw new IllegalArgumentException(shortage.get());
    }
  }

  /** Why the plan does not fit into what the placement's device has left, if so. */
  public Optional<String> shortage(Placement placement) {
    return shortage(DeviceMemory.availableBytes(placement.target()));
  }

  /** Why the plan does not fit, if so: every part in MiB. */
  public Optional<String> shortage(long availableBytes) {
    return totalBytes() <= availableBytes
        ? Optional.empty()
        : Optional.of(
            "the run needs at least %d MiB but the device has %d: %s"
                .formatted(mebibytes(totalBytes()), mebibytes(availableBytes), describe()));
  }

  /** One line with every part. */
  public String describe() {
    return ("weights %d, reference %d, masters %d, gradients %d, moments %d, cache %d,"
            + " activations %d MiB")
        .formatted(
            mebibytes(weights),
            mebibytes(reference),
            mebibytes(masters),
            mebibytes(gradients),
            mebibytes(moments),
            mebibytes(cache),
            mebibytes(activations));
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }
}
