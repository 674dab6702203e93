package org.sightmill.trainer.distributed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class GradientExchangeTest {
  private static final String TOKEN = "secret";

  @Test
  void sumsToTheSameBitsForAnyNumberOfMembersAndAnyOwnership() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      int shards = 1 + random.nextInt(11);
      float[] alone = sums(shards, new int[shards], 1, round).get(0);
      int members = 1 + random.nextInt(4);
      int[] owners = random.ints(shards, 0, members).toArray();
      for (float[] sum : sums(shards, owners, members, round)) {
        assertThat(sum)
            .as("%d shards, owners %s", shards, Arrays.toString(owners))
            .isEqualTo(alone);
      }
    }
  }

  @Test
  void anotherOrderOfAdditionGivesOtherBits() throws Exception {
    float[] tree = sums(5, new int[5], 1, 3).get(0);
    FakeReplica replica = new FakeReplica().pretending(3);
    float[] leftToRight = new float[tree.length];
    for (int shard = 0; shard < 5; shard++) {
      ShardTree.Node leaf = new ShardTree.Node(shard, shard + 1);
      replica.compute(leaf, () -> {});
      float[] bucket = new float[37];
      replica.readGradients(leaf, 0, bucket);
      for (int i = 0; i < bucket.length; i++) {
        leftToRight[i] += bucket[i];
      }
    }
    assertThat(Arrays.copyOf(leftToRight, 37)).isNotEqualTo(Arrays.copyOf(tree, 37));
  }

  /** The sum that each member ends with. */
  private static List<float[]> sums(int shards, int[] owners, int members, long version)
      throws Exception {
    List<Integer> owned = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      owned.add(owners[shard]);
    }
    Partition partition = new Partition(owned, members);
    List<FakeReplica> replicas = new ArrayList<>();
    List<PeerServer> servers = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int rank = 0; rank < members; rank++) {
      FakeReplica replica = new FakeReplica().pretending(version);
      replicas.add(replica);
      servers.add(
          new PeerServer(Worker.HOST, TOKEN, TimeLimits.DEFAULT, new ReplicaSlot<>(() -> replica)));
      peers.add(new Peer("e" + rank, Worker.HOST, servers.get(rank).port(), version));
    }
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int rank = 0; rank < members; rank++) {
      Message.Start start = new Message.Start(1, peers, rank, partition);
      FakeReplica replica = replicas.get(rank);
      PeerServer server = servers.get(rank);
      running.add(CompletableFuture.runAsync(() -> exchange(start, replica, server)));
    }
    for (CompletableFuture<Void> each : running) {
      each.get(30, TimeUnit.SECONDS);
    }
    servers.forEach(PeerServer::close);
    return replicas.stream().map(FakeReplica::sum).toList();
  }

  private static void exchange(Message.Start start, FakeReplica replica, PeerServer server) {
    try (Mesh mesh = Mesh.open(start, replica.version(), server, TOKEN, TimeLimits.DEFAULT)) {
      start.partition().nodesOf(start.rank()).forEach(node -> replica.compute(node, () -> {}));
      new GradientExchange(start, mesh, replica).run();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
