package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The weights and optimizer state of one process. Used by one thread at a time. Whatever it does
 * must depend on its state, the step and the shard alone, so that all replicas stay equal.
 */
public interface Replica {
  /** Steps applied since the base model; negative where the state can't be trusted. */
  long version();

  /** A hash of the weights. */
  String hash();

  /** Writes weights and optimizer state into an empty folder, without folders in it. */
  void save(Path folder) throws IOException;

  /** Writes the model in the form that others load into an empty folder, without folders in it. */
  void export(Path folder) throws IOException;

  /** Takes the state that {@link #save} wrote; its version is the one given. */
  void load(Path folder, long version) throws IOException;

  /** Goes back to the base model, version 0. */
  void restart() throws IOException;

  /** Something went wrong halfway: the version becomes one that nobody asks for. */
  void invalidate();

  /** Sizes in floats of the buckets that gradients travel in. */
  List<Integer> buckets();

  /**
   * Computes the gradients of a node's shards, from left to right, added in the tree's order; they
   * are kept for {@link #readGradients} until {@link #discard}.
   *
   * @param betweenShards to be run before each shard; throws when the attempt is over
   */
  NodeReport compute(ShardTree.Node node, Runnable betweenShards);

  /** Copies a bucket of a node's gradients out. */
  void readGradients(ShardTree.Node node, int bucket, float[] into);

  /** Takes in a bucket of the sum over all shards; nothing is applied. */
  void writeSum(int bucket, float[] from);

  /**
   * Applies the sum and steps to the next version.
   *
   * @return what the step did, in the same words at every replica
   */
  String applySum();

  /** Forgets gradients and sum; follows every attempt, however it ended. */
  void discard();
}
