package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.trainer.distributed.exchange.NodeReport;
import org.sightmill.trainer.distributed.exchange.Replica;
import org.sightmill.trainer.distributed.exchange.ShardTree;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.update.GradientBuckets;
import org.sightmill.trainer.update.ShardGradient;

/**
 * What the replicas of both recipes share: the way from shards to buckets and from the exchanged
 * sum to the optimizer.
 *
 * @param <T> the task of a step
 */
abstract class WorkerReplica<T extends Serializable> implements Replica, AutoCloseable {
  static final long INVALID = -1;

  private final Map<ShardTree.Node, List<float[]>> nodes = new HashMap<>();
  private final List<float[]> sum = new ArrayList<>();
  private T task;
  private long version;

  /** The gradient of one shard of the task. */
  abstract ShardGradient gradient(Scope scope, T work, int shard);

  /** Takes the optimizer's step, and gives the norm before clipping. */
  abstract double apply(Gradients gradients, T work);

  abstract Policy policy();

  abstract Scope newScope();

  /** The version changed other than by a step. */
  abstract void versionSet(long newVersion);

  /** Sets the task of the coming step. */
  final void prepare(T work) {
    task = work;
  }

  @Override
  public final long version() {
    return version;
  }

  final void version(long newVersion) {
    version = newVersion;
    versionSet(newVersion);
  }

  @Override
  public final void invalidate() {
    version = INVALID;
  }

  @Override
  public final List<Integer> buckets() {
    GradientBuckets buckets = layout();
    List<Integer> sizes = new ArrayList<>();
    for (long left = buckets.floats(); left > 0; left -= GradientBuckets.DEFAULT_BUCKET_FLOATS) {
      sizes.add((int) Math.min(left, GradientBuckets.DEFAULT_BUCKET_FLOATS));
    }
    return sizes;
  }

  private GradientBuckets layout() {
    return new GradientBuckets(policy(), GradientBuckets.DEFAULT_BUCKET_FLOATS);
  }

  @Override
  public final NodeReport compute(ShardTree.Node node, Runnable betweenShards) {
    try (Scope scope = newScope();
        ShardGradient gradient =
            ShardTree.sum(
                node,
                part -> part.isLeaf() ? leaf(scope, part.from(), betweenShards) : null,
                ShardGradient::plus)) {
      nodes.put(node, layout().read(gradient.gradients()));
      return new NodeReport(node, Serialized.bytes(gradient.metrics()));
    }
  }

  private ShardGradient leaf(Scope scope, int shard, Runnable betweenShards) {
    betweenShards.run();
    return gradient(scope, task, shard);
  }

  @Override
  public final void readGradients(ShardTree.Node node, int bucket, float[] into) {
    float[] values = nodes.get(node).get(bucket);
    System.arraycopy(values, 0, into, 0, values.length);
  }

  @Override
  public final void writeSum(int bucket, float[] from) {
    sum.add(from);
  }

  @Override
  public final String applySum() {
    try (Scope scope = newScope();
        Gradients gradients = policy().newGradients(scope)) {
      layout().write(scope, sum, gradients);
      double norm = apply(gradients, task);
      version++;
      return Double.toString(norm);
    }
  }

  @Override
  public final void discard() {
    nodes.clear();
    sum.clear();
  }

  @Override
  public abstract void close();

  @Override
  public abstract void restart() throws IOException;
}
