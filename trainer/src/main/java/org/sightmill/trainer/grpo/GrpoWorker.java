package org.sightmill.trainer.grpo;

import ai.djl.Device;
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
import org.sightmill.trainer.eval.Accuracy;
import org.sightmill.trainer.generate.Completion;
import org.sightmill.trainer.generate.Generator;
import org.sightmill.trainer.generate.StopCondition;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.reward.Reward;
import org.sightmill.trainer.reward.RewardRequest;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.PolicyUpdater;
import org.sightmill.trainer.update.ShardGradient;
import org.sightmill.trainer.update.StartingPolicy;

/**
 * One policy on one device, with its reference, decoder, rewards and optimizer. What each method
 * gives depends on its arguments and the weights alone. One thread at a time; not sent to
 * executors, each makes its own.
 */
public final class GrpoWorker implements AutoCloseable {
  private static final String STATE_FILE = "state.safetensors";

  private final Scope scope;
  private final ModelSettings model;
  private final Policy policy;
  private final PromptMaker prompts;
  private final Generator generator;
  private final Rewarder rewarder;
  private final GroupLoss loss;
  private final PolicyUpdater updater;
  private final Map<String, Prompt> recent = recentPrompts();
  private final int maxCompletionLength;
  private final int microBatchSize;
  private long policyVersion;

  /**
   * Loads policy and reference.
   *
   * @param parent on the device to compute on
   * @throws org.sightmill.trainer.checkpoint.CheckpointException naming all that is wrong with the
   *     model's folder or its adapters
   */
  public GrpoWorker(
      Scope parent,
      ModelSettings model,
      GrpoSetup setup,
      PromptSettings prompts,
      PictureSource pictures,
      Rewarder rewarder)
      throws IOException {
    this.scope = parent.child();
    this.model = model;
    this.policy = StartingPolicy.load(scope, model);
    this.prompts = PromptMaker.load(Path.of(model.path()), prompts, pictures);
    this.generator =
        new Generator(scope, policy, setup.rollout().sampling(this.prompts.endOfReply()));
    this.maxCompletionLength = setup.rollout().maxCompletionLength();
    this.microBatchSize = setup.batch().microBatchSize();
    this.rewarder = rewarder;
    Policy reference =
        setup.kl().needsReference() ? StartingPolicy.reference(scope, policy, model) : null;
    this.loss = new GroupLoss(scope, policy, reference, setup, model.passMode());
    this.updater = new PolicyUpdater(scope, policy, setup.optimizer());
  }

  private static Map<String, Prompt> recentPrompts() {
    int kept = 256;
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Prompt> eldest) {
        return size() > kept;
      }
    };
  }

  /** Optimizer steps behind the weights. */
  public long policyVersion() {
    return policyVersion;
  }

  /** Says how many optimizer steps are behind the weights, after {@link #load}. */
  public void policyVersion(long version) {
    policyVersion = version;
  }

  /** Samples groups side by side and rewards them; a row that can't be used is a counted reject. */
  public List<GroupRollouts> roll(List<GroupTask> batch) {
    Map<GroupTask, Prompt> ready = new LinkedHashMap<>();
    Map<GroupTask, GroupRollouts> done = new LinkedHashMap<>();
    for (GroupTask task : batch) {
      PromptOutcome outcome = prompts.prompt(task.sample());
      if (outcome instanceof PromptOutcome.Rejected rejected) {
        done.put(task, result(task, List.of(), rejected.code(), 0));
      } else {
        Prompt prompt = ((PromptOutcome.Ready) outcome).prompt();
        recent.put(task.sample().sampleId(), prompt);
        ready.put(task, prompt);
      }
    }
    if (!ready.isEmpty()) {
      List<GroupTask> tasks = List.copyOf(ready.keySet());
      List<List<Completion>> sampled = sample(tasks, List.copyOf(ready.values()));
      for (int i = 0; i < tasks.size(); i++) {
        done.put(tasks.get(i), rewardedGroup(tasks.get(i), sampled.get(i)));
      }
    }
    return batch.stream().map(done::get).toList();
  }

  private List<List<Completion>> sample(List<GroupTask> tasks, List<Prompt> ready) {
    List<long[]> seeds = tasks.stream().map(task -> task.plan().seeds()).toList();
    return generator.generate(ready, seeds, StopCondition.NEVER);
  }

  private GroupRollouts rewardedGroup(GroupTask task, List<Completion> completions) {
    long start = System.nanoTime();
    List<Rollout> rollouts = rewarded(task, completions);
    return result(task, rollouts, null, (System.nanoTime() - start) / 1e9);
  }

  private GroupRollouts result(
      GroupTask task, List<Rollout> rollouts, String reject, double rewardSeconds) {
    String process = ProcessHandle.current().pid() + "@" + Hosts.name();
    return new GroupRollouts(
        task, rollouts, reject, policyVersion, process, scope.device().toString(), rewardSeconds);
  }

  private List<Rollout> rewarded(GroupTask task, List<Completion> completions) {
    List<RewardRequest> requests =
        completions.stream().map(completion -> request(task.sample(), completion)).toList();
    List<Reward> rewards = rewarder.rewards(requests);
    List<Rollout> rollouts = new ArrayList<>();
    for (int i = 0; i < completions.size(); i++) {
      rollouts.add(rollout(completions.get(i), requests.get(i).completion(), rewards.get(i)));
    }
    return rollouts;
  }

  private RewardRequest request(VisualSample sample, Completion completion) {
    return new RewardRequest(
        sample.sampleId(),
        sample.answerType(),
        sample.question(),
        sample.imagePath(),
        sample.answer(),
        sample.choices(),
        prompts.text(completion.tokens()),
        completion.tokens().length);
  }

  private static Rollout rollout(Completion completion, String text, Reward reward) {
    return new Rollout(
        completion.tokens(),
        completion.logProbs(),
        completion.reason(),
        text,
        reward.total(),
        reward.parts(),
        reward.verdict().name().toLowerCase(java.util.Locale.ROOT));
  }

  /** Log-probabilities of a group by training forwards of policy and reference. */
  public GroupScores score(GroupRollouts group) {
    return loss.score(prompt(group), group);
  }

  /** The gradient of one shard; it belongs to the target. */
  public ShardGradient gradient(Scope target, Shard shard, UpdateTask task) {
    ShardGradient gradient = ShardGradient.empty(policy, target);
    for (List<TrainGroup> groups : GroupPack.cut(shard.groups(), microBatchSize)) {
      List<Prompt> encoded = groups.stream().map(group -> prompt(group.rolled())).toList();
      loss.differentiate(new GroupPack(encoded, groups), task, gradient);
    }
    return gradient;
  }

  private Prompt prompt(GroupRollouts group) {
    VisualSample sample = group.task().sample();
    return recent.computeIfAbsent(
        sample.sampleId(), id -> ((PromptOutcome.Ready) prompts.prompt(sample)).prompt());
  }

  /**
   * Applies the sum of all shards' gradients.
   *
   * @return the norm before clipping; where it is not finite, the weights are as they were
   */
  public double apply(Gradients sum, double learningRate) {
    double norm = updater.apply(sum, learningRate);
    policyVersion++;
    return norm;
  }

  /** The same on every machine that applied the same updates. */
  public String weightHash() {
    return updater.weightHash();
  }

  /** The model, for buckets and for looks at it. */
  public Policy policy() {
    return policy;
  }

  /** Answers questions greedily and judges them. */
  public MetricSums evaluate(List<VisualSample> samples) {
    try (Scope local = scope.child();
        Accuracy accuracy = new Accuracy(local, policy, prompts, maxCompletionLength)) {
      return accuracy.of(samples);
    }
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

  /** Where the worker computes. */
  public Device device() {
    return scope.device();
  }

  @Override
  public void close() {
    rewarder.close();
    generator.close();
    loss.close();
    policy.close();
    scope.close();
  }
}
