package org.sightmill.trainer.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixedTreeTest {
  @Test
  void theOrderDependsOnTheNumberOfLeavesAlone() {
    assertThat(tree(1)).isEqualTo("0");
    assertThat(tree(3)).isEqualTo("((0+1)+2)");
    assertThat(tree(4)).isEqualTo("((0+1)+(2+3))");
    assertThat(tree(6)).isEqualTo("(((0+1)+(2+3))+(4+5))");
  }

  private static String tree(int leaves) {
    return FixedTree.sum(leaves, Integer::toString, (l, r) -> "(" + l + "+" + r + ")");
  }

  @Test
  void fewLeavesAreAliveAtATime() {
    List<Integer> alive = new ArrayList<>();
    int[] most = {0};
    FixedTree.sum(
        64,
        leaf -> {
          alive.add(leaf);
          most[0] = Math.max(most[0], alive.size());
          return leaf;
        },
        (left, right) -> {
          alive.remove(right);
          return left;
        });
    assertThat(most[0]).isEqualTo(7);
  }

  @Test
  void refusesASumOfNothing() {
    assertThatThrownBy(() -> FixedTree.sum(0, i -> i, Integer::sum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a sum needs at least 1 leaf but has 0");
  }
}
