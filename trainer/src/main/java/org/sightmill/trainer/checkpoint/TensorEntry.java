package org.sightmill.trainer.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where a tensor lies.
 *
 * @param name as stored
 * @param shape sizes, outermost first
 * @param begin offset of its first byte in the file
 * @param bytes its length
 */
public record TensorEntry(
    String name, StoredType type, List<Long> shape, Path file, long begin, long bytes) {

  /** Copies the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** The shape as an array. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** The number of elements of a shape. */
  public static long elements(long... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
