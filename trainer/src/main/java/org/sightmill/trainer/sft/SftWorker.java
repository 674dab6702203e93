package org.sightmill.trainer.sft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.trainer.checkpoint.TensorBundle;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.data.PromptMaker;
import org.sightmill.trainer.data.PromptOutcome;
import org.sightmill.trainer.data.PromptSettings;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Padding;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PromptPass;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.OptimizerSettings;
import org.sightmill.trainer.update.PolicyUpdater;
import org.sightmill.trainer.update.ShardGradient;
import org.sightmill.trainer.update.StartingPolicy;

/** One policy on one device with its optimizer. One thread at a time; never sent to executors. */
public final class SftWorker implements AutoCloseable {
  private static final String STATE_FILE = "state.safetensors";

  private final Scope scope;
  private final ModelSettings model;
  private final Policy policy;
  private final PassMode mode;
  private final PromptMaker prompts;
  private final SftSettings settings;
  private final PolicyUpdater updater;
  private final Map<VisualSample, SftExample> prepared = new LinkedHashMap<>();

  /**
   * Loads the policy.
   *
   * @param parent on the device to compute on
   */
  public SftWorker(
      Scope parent,
      ModelSettings model,
      SftSettings settings,
      OptimizerSettings optimizer,
      PromptSettings prompts,
      PictureSource pictures)
      throws IOException {
    this.scope = parent.child();
    this.model = model;
    this.mode = model.passMode();
    this.settings = settings;
    this.policy = StartingPolicy.load(scope, model);
    this.prompts = PromptMaker.load(Path.of(model.path()), prompts, pictures);
    this.updater = new PolicyUpdater(scope, policy, optimizer);
  }

  /**
   * Makes a shard's examples, which stay until {@link #gradient} has used them.
   *
   * @return {@code tokens} that count, and {@code rejects/<code>}
   */
  public MetricSums prepare(SftShard shard) {
    MetricSums counts = new MetricSums();
    for (VisualSample sample : shard.samples()) {
      SftExample example = example(sample, counts);
      if (example != null) {
        prepared.put(sample, example);
        counts.sum("tokens", example.replyTokens());
        counts.sum("prompt_tokens", example.replyStart());
      }
    }
    return counts;
  }

  /** Drops examples that were prepared, where another worker uses them. */
  public void forget() {
    prepared.clear();
  }

  private SftExample example(VisualSample sample, MetricSums counts) {
    if (sample.response() == null) {
      counts.sum("rejects/NO_RESPONSE", 1);
      return null;
    }
    PromptOutcome outcome = prompts.prompt(sample);
    if (outcome instanceof PromptOutcome.Rejected rejected) {
      counts.sum("rejects/" + rejected.code(), 1);
      return null;
    }
    SftExample example =
        SftExample.of(((PromptOutcome.Ready) outcome).prompt(), prompts.reply(sample.response()));
    if (example.length() > settings.maxLength()) {
      counts.sum("rejects/SAMPLE_TOO_LONG", 1);
      return null;
    }
    return example;
  }

  /**
   * The gradient of a shard's part in the mean over {@code tokens}; it belongs to the target.
   *
   * @param tokens that count over all shards of the step
   */
  public ShardGradient gradient(Scope target, SftShard shard, double tokens) {
    ShardGradient gradient = ShardGradient.empty(policy, target);
    for (List<SftExample> batch : batches(shard)) {
      try (PromptPass pass = encode(batch, mode)) {
        List<boolean[]> chosen = batch.stream().map(SftExample::chosen).toList();
        float[] scores = pass.raise(chosen, -1 / tokens, gradient.gradients());
        pass.backward(gradient.gradients());
        gradient.metrics().mean("loss", -sum(scores) / scores.length, scores.length);
      }
    }
    return gradient;
  }

  private List<List<SftExample>> batches(SftShard shard) {
    List<SftExample> examples = new ArrayList<>();
    for (VisualSample sample : shard.samples()) {
      SftExample example = prepared.remove(sample);
      if (example != null) {
        examples.add(example);
      }
    }
    return SftExample.batches(examples, settings.maxTokensPerBatch());
  }

  private PromptPass encode(List<SftExample> batch, PassMode passMode) {
    return policy.encode(
        scope, batch.stream().map(SftExample::prompt).toList(), Padding.RIGHT, passMode);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /** {@code loss}, weighted by tokens, and {@code rejects/<code>}. */
  public MetricSums evaluate(List<VisualSample> samples) {
    MetricSums metrics = new MetricSums();
    List<SftExample> examples = new ArrayList<>();
    for (VisualSample sample : samples) {
      SftExample example = example(sample, metrics);
      if (example != null) {
        examples.add(example);
      }
    }
    for (List<SftExample> batch : SftExample.batches(examples, settings.maxTokensPerBatch())) {
      try (PromptPass pass = encode(batch, PassMode.FORWARD_ONLY)) {
        float[] scores = pass.score(batch.stream().map(SftExample::chosen).toList(), 1);
        metrics.mean("loss", -sum(scores) / scores.length, scores.length);
      }
    }
    return metrics;
  }

  /**
   * Applies the sum of all shards' gradients.
   *
   * @return the norm before clipping; where it is not finite, the weights are as they were
   */
  public double apply(Gradients sum, double learningRate) {
    return updater.apply(sum, learningRate);
  }

  /** The same on every machine that applied the same updates. */
  public String weightHash() {
    return updater.weightHash();
  }

  /** The model, for buckets and for looks at it. */
  public Policy policy() {
    return policy;
  }

  /** Writes weights and moments. */
  public void save(Path folder) throws IOException {
    TensorBundle.write(scope, updater.state(), folder.resolve(STATE_FILE));
  }

  /** Takes weights and moments that {@link #save} wrote. */
  public void load(Path folder) {
    TensorBundle.read(scope, updater.state(), folder.resolve(STATE_FILE));
    policy.refresh();
  }

  /** Writes the model as transformers loads it, adapters merged and once more apart. */
  public void export(Path folder) throws IOException {
    StartingPolicy.export(policy, model, folder);
  }

  /** A scope on the worker's device. */
  public Scope newScope() {
    return scope.child();
  }

  @Override
  public void close() {
    policy.close();
    scope.close();
  }
}
