package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Sums a vector over all shards, whoever owns them, so that every member ends with the same bits.
 * Each bucket is cut into one chunk per member. A member sends its partial sums of a chunk to the
 * chunk's home, which adds them in the tree's order and sends the sum back to all: with W members
 * holding neighbouring shards each sends and receives about 2 (W - 1) / W of the vector.
 */
final class GradientExchange {
  /** The tree has no such node: the sum over all. */
  private static final int SUM = -1;

  private final Partition partition;
  private final int rank;
  private final Mesh mesh;
  private final Replica replica;
  private final ShardTree.Node root;

  GradientExchange(Message.Start start, Mesh mesh, Replica replica) {
    this.partition = start.partition();
    this.rank = start.rank();
    this.mesh = mesh;
    this.replica = replica;
    this.root = partition.tree().root();
  }

  /**
   * Exchanges all buckets; the sum of each is handed to the replica.
   *
   * @return a hash of the whole sum
   */
  String run() throws IOException {
    List<Integer> buckets = replica.buckets();
    CRC32C hash = new CRC32C();
    for (int bucket = 0; bucket < buckets.size(); bucket++) {
      float[] sum = exchange(bucket, buckets.get(bucket));
      mesh.flush();
      SumHash.update(hash, sum);
      replica.writeSum(bucket, sum);
    }
    return "%08x".formatted(hash.getValue());
  }

  private float[] exchange(int bucket, int length) throws IOException {
    Map<ShardTree.Node, float[]> own = ownSums(bucket, length);
    sendPartials(bucket, length, own);
    float[] chunk = ShardTree.sum(root, partials(bucket, length, own)::get, ShardTree::added);
    float[] sum = new float[length];
    System.arraycopy(chunk, 0, sum, start(rank, length), chunk.length);
    for (int peer = 0; peer < partition.members(); peer++) {
      if (peer != rank) {
        mesh.send(peer, bucket, SUM, chunk, 0, chunk.length);
      }
    }
    for (int peer = 0; peer < partition.members(); peer++) {
      if (peer != rank) {
        mesh.receive(peer, bucket, SUM, sum, start(peer, length), size(peer, length));
      }
    }
    return sum;
  }

  private Map<ShardTree.Node, float[]> ownSums(int bucket, int length) {
    Map<ShardTree.Node, float[]> sums = new HashMap<>();
    for (ShardTree.Node node : partition.nodesOf(rank)) {
      float[] values = new float[length];
      replica.readGradients(node, bucket, values);
      sums.put(node, values);
    }
    return sums;
  }

  private void sendPartials(int bucket, int length, Map<ShardTree.Node, float[]> own) {
    for (int peer = 0; peer < partition.members(); peer++) {
      if (peer != rank) {
        for (ShardTree.Node node : partition.nodesOf(rank)) {
          mesh.send(
              peer, bucket, node.id(), own.get(node), start(peer, length), size(peer, length));
        }
      }
    }
  }

  /** The partial sums of this member's chunk, of all members. */
  private Map<ShardTree.Node, float[]> partials(
      int bucket, int length, Map<ShardTree.Node, float[]> own) throws IOException {
    Map<ShardTree.Node, float[]> partials = new HashMap<>();
    int size = size(rank, length);
    for (int peer = 0; peer < partition.members(); peer++) {
      for (ShardTree.Node node : partition.nodesOf(peer)) {
        float[] values = new float[size];
        if (peer == rank) {
          System.arraycopy(own.get(node), start(rank, length), values, 0, size);
        } else {
          mesh.receive(peer, bucket, node.id(), values, 0, size);
        }
        partials.put(node, values);
      }
    }
    return partials;
  }

  private int start(int member, int length) {
    return partition.chunkStart(member, length);
  }

  private int size(int member, int length) {
    return start(member + 1, length) - start(member, length);
  }
}
