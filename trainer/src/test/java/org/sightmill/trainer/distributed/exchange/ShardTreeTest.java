package org.sightmill.trainer.distributed.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.distributed.exchange.ShardTree.Node;

final class ShardTreeTest {
  @Test
  void coversWhatIsOwnedByTheLargestNodes() {
    ShardTree tree = new ShardTree(7);
    assertThat(tree.covered(shard -> true)).containsExactly(new Node(0, 7));
    assertThat(tree.covered(shard -> shard < 4)).containsExactly(new Node(0, 4));
    assertThat(tree.covered(shard -> shard >= 3)).containsExactly(new Node(3, 4), new Node(4, 7));
    assertThat(tree.covered(shard -> false)).isEmpty();
  }

  @Test
  void everyShardIsCoveredOnceByItsOwner() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      int shards = 1 + random.nextInt(40);
      int members = 1 + random.nextInt(5);
      Partition partition =
          new Partition(random.ints(shards, 0, members).boxed().toList(), members);
      for (int rank = 0; rank < members; rank++) {
        int owner = rank;
        List<Integer> covered =
            partition.nodesOf(rank).stream()
                .flatMap(
                    node -> java.util.stream.IntStream.range(node.from(), node.until()).boxed())
                .toList();
        assertThat(covered)
            .isEqualTo(
                java.util.stream.IntStream.range(0, shards)
                    .filter(shard -> partition.owners().get(shard) == owner)
                    .boxed()
                    .toList());
      }
    }
  }

  @Test
  void aSumMissingAShardSaysWhich() {
    assertThatThrownBy(
            () ->
                ShardTree.sum(
                    new Node(0, 3),
                    node -> node.from() < 2 ? leafOf(node) : null,
                    ShardTree::added))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nobody has shard 2");
  }

  private static float[] leafOf(Node node) {
    return node.isLeaf() ? new float[] {1} : null;
  }

  @Test
  void rejectsAStepWithoutShards() {
    assertThatThrownBy(() -> new ShardTree(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a step has 1 to 32768 shards, not 0");
  }

  @Test
  void rejectsAnOwnerThatIsNoMember() {
    assertThatThrownBy(() -> new Partition(List.of(0, 2), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shard 1 is owned by rank 2 of 2 members");
  }
}
