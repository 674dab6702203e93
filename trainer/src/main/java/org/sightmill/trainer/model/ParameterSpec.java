package org.sightmill.trainer.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A weight as the programs use it: one or more checkpoint tensors, one below the other. Query, key
 * and value projections are one matrix here, and so are gate and up, because one product of twice
 * the size is faster than two.
 *
 * @param pieces the checkpoint's tensors along the first axis
 * @param columns sizes after the first axis, flattened to one for the patch embedding
 */
public record ParameterSpec(ModelPart part, List<Piece> pieces, List<Long> columns) {

  /**
   * A tensor of the checkpoint.
   *
   * @param name in transformers' runtime form, such as {@code model.language_model.norm.weight}
   */
  public record Piece(String name, List<Long> shape) {
    /** Copies the shape. */
    public Piece {
      shape = List.copyOf(shape);
    }

    /** Sizes, outermost first. */
    public long[] dimensions() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Rows of the joint weight that this tensor fills. */
    public long rows() {
      return shape.get(0);
    }
  }

  /** Copies the lists. */
  public ParameterSpec {
    Objects.requireNonNull(part, "part");
    pieces = List.copyOf(pieces);
    columns = List.copyOf(columns);
  }

  static Piece piece(String name, long... shape) {
    return new Piece(name, Arrays.stream(shape).boxed().toList());
  }

  /** The joint weight's shape. */
  public long[] shape() {
    long[] shape = new long[1 + columns.size()];
    shape[0] = pieces.stream().mapToLong(Piece::rows).sum();
    for (int i = 0; i < columns.size(); i++) {
      shape[i + 1] = columns.get(i);
    }
    return shape;
  }

  /** Numbers in the weight. */
  public long elements() {
    return Arrays.stream(shape()).reduce(1, Math::multiplyExact);
  }
}
