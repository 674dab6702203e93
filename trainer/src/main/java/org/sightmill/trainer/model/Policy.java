package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.checkpoint.Checkpoint;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Script;

/**
 * A loaded Qwen2.5-VL. {@link #encode} runs prompts, {@link PromptPass#extend} continues them, and
 * both carry gradients back into {@link Gradients}. One thread at a time.
 */
public final class Policy implements AutoCloseable {
  /** Adapters start from this seed, so that every process starts from the same ones. */
  private static final long ADAPTER_SEED = 0;

  private final Scope scope;
  private final QwenConfig config;
  private final PolicyOptions options;
  private final Weights weights;
  private final Programs programs;

  private Policy(
      Scope scope, QwenConfig config, PolicyOptions options, Weights weights, Programs programs) {
    this.scope = scope;
    this.config = config;
    this.options = options;
    this.weights = weights;
    this.programs = programs;
  }

  /**
   * Loads a Hugging Face folder onto the scope's device.
   *
   * @throws CheckpointException naming all that is wrong with the folder, before any compute
   */
  public static Policy load(Scope parent, Path folder, PolicyOptions options) {
    List<String> problems = new ArrayList<>();
    Optional<QwenConfig> config = ConfigReader.read(folder, problems);
    Checkpoint checkpoint = Checkpoint.open(folder, problems);
    Optional<WeightLoader> loader =
        config.map(c -> new WeightLoader(ParameterTable.of(c), checkpoint, problems));
    if (!problems.isEmpty()) {
      throw new CheckpointException("checkpoint " + folder, problems);
    }
    return load(parent.child(), config.orElseThrow(), loader.orElseThrow(), options);
  }

  private static Policy load(
      Scope scope, QwenConfig config, WeightLoader loader, PolicyOptions options) {
    Programs programs = Programs.load(scope, config, options);
    Adapters adapters =
        Adapters.initial(scope, programs.tensors(), config.text(), options, ADAPTER_SEED);
    List<Weight> all = loader.load(scope, programs.tensors(), options);
    return new Policy(
        scope, config, options, new Weights(ParameterTable.of(config), all, adapters), programs);
  }

  /** All that is wrong with a Hugging Face folder, judged by its headers alone. */
  public static List<String> problems(Path folder) {
    List<String> problems = new ArrayList<>();
    Checkpoint checkpoint = Checkpoint.open(folder, problems);
    ConfigReader.read(folder, problems)
        .ifPresent(config -> new WeightLoader(ParameterTable.of(config), checkpoint, problems));
    return problems;
  }

  /** The model's configuration. */
  public QwenConfig config() {
    return config;
  }

  /** How it was loaded. */
  public PolicyOptions options() {
    return options;
  }

  /** All that trains: weights in the table's order, then adapters. */
  public List<Trainable> trainables() {
    return weights.trainables();
  }

  /** The 32-bit tensors that an optimizer changes, in the order of {@link #trainables}. */
  public List<NDArray> masters() {
    return trainables().stream().map(Trainable::master).toList();
  }

  /** Empty sums of gradients; they live until closed, or as long as the target. */
  public Gradients newGradients(Scope target) {
    return new Gradients(target, programs.tensors(), trainables());
  }

  /** Runs prompts through the model; close the pass to free what it keeps. */
  public PromptPass encode(Scope target, List<Prompt> prompts, Padding padding, PassMode mode) {
    return new PromptPass(target, this, PromptBatch.of(prompts, padding, config), mode);
  }

  /**
   * Compiles decoding with a way of choosing tokens.
   *
   * @param chooser a TorchScript method {@code choose(self, logits, uniform, seen, bias)} that
   *     gives token ids and log-probabilities
   */
  public Script decoder(String chooser) {
    return Script.load(scope, DecodeProgram.source(config, options, chooser));
  }

  /**
   * Rows that continue a forward-only pass.
   *
   * @param owners the prompt of each row
   * @param decoder of {@link #decoder}
   * @param bias added to every row's logits before choosing [V]
   */
  public DecodeSession decode(
      Scope target, PromptPass pass, int[] owners, Script decoder, float[] bias) {
    return new DecodeSession(target, pass, owners, decoder, bias);
  }

  /**
   * The model without its adapters, over the same weights: the reference that they started from.
   * Close it before this one.
   *
   * @throws IllegalStateException if weights train too, so that they are no reference
   */
  public Policy withoutAdapters() {
    if (options.lora().isEmpty() || !options.trained().isEmpty()) {
      throw new IllegalStateException(
          "only a model whose adapters alone train holds its own reference");
    }
    Scope own = scope.child();
    PolicyOptions frozen = PolicyOptions.frozen(options.compute());
    return new Policy(
        own,
        config,
        frozen,
        new Weights(ParameterTable.of(config), weights.all(), Adapters.none(own)),
        Programs.load(own, config, frozen));
  }

  /** Brings the compute copies up to date after an optimizer step. */
  public void refresh() {
    try (Scope local = scope.child()) {
      weights.refresh(local, programs.tensors());
    }
  }

  Scope newScope() {
    return scope.child();
  }

  Weights weights() {
    return weights;
  }

  Programs programs() {
    return programs;
  }

  @Override
  public void close() {
    weights.close();
    scope.close();
  }
}
