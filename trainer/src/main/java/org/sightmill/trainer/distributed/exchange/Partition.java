package org.sightmill.trainer.distributed.exchange;

import java.util.List;

/**
 * Which member of an attempt computes which shard.
 *
 * @param owners rank of each shard's owner
 * @param members number of members; one may own no shard
 */
public record Partition(List<Integer> owners, int members) {
  /** Copies the list and rejects ranks that no member has. */
  public Partition {
    owners = List.copyOf(owners);
    for (int shard = 0; shard < owners.size(); shard++) {
      if (owners.get(shard) < 0 || owners.get(shard) >= members) {
        throw new IllegalArgumentException(
            "shard %d is owned by rank %d of %d members"
                .formatted(shard, owners.get(shard), members));
      }
    }
  }

  /** Neighbouring shards together, so that little more than one partial sum travels. */
  static Partition even(int shards, int members) {
    return new Partition(
        java.util.stream.IntStream.range(0, shards)
            .mapToObj(shard -> (int) ((long) shard * members / shards))
            .toList(),
        members);
  }

  /** The tree over these shards. */
  public ShardTree tree() {
    return new ShardTree(owners.size());
  }

  /** What a member adds up alone, from left to right. */
  public List<ShardTree.Node> nodesOf(int rank) {
    return tree().covered(shard -> owners.get(shard) == rank);
  }

  /** Where a member's chunk of a vector begins; the chunk of rank {@code members} is its end. */
  int chunkStart(int rank, int length) {
    return (int) ((long) length * rank / members);
  }
}
