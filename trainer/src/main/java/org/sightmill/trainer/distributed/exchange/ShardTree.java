package org.sightmill.trainer.distributed.exchange;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.sightmill.trainer.update.FixedTree;

/**
 * The one order in which the gradients of logical shards are added, whoever computes them: a binary
 * tree over shard indices, the same as {@link FixedTree}'s. Floating-point sums depend on their
 * order; since this one depends on the number of shards alone, so does the result.
 */
public final class ShardTree {
  /** Beyond this a node's number would not fit its field on the wire. */
  static final int MAX_SHARDS = 1 << 15;

  private final int shards;

  /** The tree over shards {@code 0} to {@code shards - 1}. */
  public ShardTree(int shards) {
    if (shards < 1 || shards > MAX_SHARDS) {
      throw new IllegalArgumentException(
          "a step has 1 to %d shards, not %d".formatted(MAX_SHARDS, shards));
    }
    this.shards = shards;
  }

  /**
   * A run of neighbouring shards that the tree adds up before anything else joins them.
   *
   * @param from first shard
   * @param until one past the last shard
   */
  public record Node(int from, int until) {
    /** Whether this is one shard. */
    @JsonIgnore
    public boolean isLeaf() {
      return until - from == 1;
    }

    /** The left child. */
    public Node left() {
      return new Node(from, middle());
    }

    /** The right child. */
    public Node right() {
      return new Node(middle(), until);
    }

    private int middle() {
      return FixedTree.middle(from, until);
    }

    /** A number that no other node of a tree has. */
    int id() {
      return from * (MAX_SHARDS + 1) + until;
    }
  }

  /** The number of shards. */
  public int shards() {
    return shards;
  }

  /** All shards. */
  public Node root() {
    return new Node(0, shards);
  }

  /** The largest nodes all of whose shards are owned, from left to right. */
  public List<Node> covered(IntPredicate owned) {
    List<Node> nodes = new ArrayList<>();
    collect(root(), owned, nodes);
    return nodes;
  }

  private static boolean collect(Node node, IntPredicate owned, List<Node> into) {
    if (node.isLeaf()) {
      if (owned.test(node.from())) {
        into.add(node);
        return true;
      }
      return false;
    }
    int before = into.size();
    boolean left = collect(node.left(), owned, into);
    boolean right = collect(node.right(), owned, into);
    if (left && right) {
      into.subList(before, into.size()).clear();
      into.add(node);
    }
    return left && right;
  }

  /**
   * Adds up a node.
   *
   * @param known the sum of a node, or null where it must be added from its children
   * @param add adds the right operand to the left one, which may be changed
   */
  public static <T> T sum(Node node, Function<Node, T> known, BinaryOperator<T> add) {
    T whole = known.apply(node);
    if (whole != null) {
      return whole;
    }
    if (node.isLeaf()) {
      throw new IllegalStateException("nobody has shard " + node.from());
    }
    T left = sum(node.left(), known, add);
    return add.apply(left, sum(node.right(), known, add));
  }

  static float[] added(float[] left, float[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }
}
