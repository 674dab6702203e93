package org.sightmill.trainer.update;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.Trainable;

/**
 * How the gradients of all that trains lie in flat arrays of bounded size, for sending them between
 * machines: the tensors in the order of {@link Policy#trainables}, each row-major, one behind the
 * other, cut wherever a bucket is full. The same model has the same buckets everywhere.
 */
public final class GradientBuckets {
  /** 64 MB, so that a bucket is summed while the next one travels. */
  public static final int DEFAULT_BUCKET_FLOATS = 16 << 20;

  private final List<long[]> shapes = new ArrayList<>();
  private final int bucketFloats;
  private long floats;

  /** The buckets of a policy's gradients. */
  public GradientBuckets(Policy policy, int bucketFloats) {
    this.bucketFloats = bucketFloats;
    for (Trainable trainable : policy.trainables()) {
      shapes.add(trainable.master().getShape().getShape());
      floats += trainable.master().getShape().size();
    }
  }

  /** Numbers in all buckets together. */
  public long floats() {
    return floats;
  }

  /** How many buckets there are. */
  public int count() {
    return Math.toIntExact((floats + bucketFloats - 1) / bucketFloats);
  }

  /** Copies gradients out of the engine. */
  public List<float[]> read(Gradients gradients) {
    List<float[]> buckets = empty();
    long at = 0;
    for (NDArray gradient : gradients.inOrder()) {
      float[] values = gradient.toFloatArray();
      copy(buckets, at, values, Direction.TO_BUCKETS);
      at += values.length;
    }
    return buckets;
  }

  /** Overwrites gradients by what buckets hold. */
  public void write(Scope scope, List<float[]> buckets, Gradients gradients) {
    List<NDArray> tensors = new ArrayList<>();
    long at = 0;
    for (long[] shape : shapes) {
      float[] values = new float[Math.toIntExact(size(shape))];
      copy(buckets, at, values, Direction.FROM_BUCKETS);
      tensors.add(scope.floats(values, shape));
      at += values.length;
    }
    gradients.replace(tensors);
  }

  /** Adds the right bucket to the left one, number by number. */
  public static float[] add(float[] left, float[] right) {
    if (left.length != right.length) {
      throw new IllegalArgumentException(
          "buckets of %d and %d numbers can't be added".formatted(left.length, right.length));
    }
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  private List<float[]> empty() {
    List<float[]> buckets = new ArrayList<>();
    for (long left = floats; left > 0; left -= bucketFloats) {
      buckets.add(new float[(int) Math.min(left, bucketFloats)]);
    }
    return buckets;
  }

  private enum Direction {
    TO_BUCKETS,
    FROM_BUCKETS
  }

  private void copy(List<float[]> buckets, long start, float[] values, Direction direction) {
    int done = 0;
    while (done < values.length) {
      long at = start + done;
      float[] bucket = buckets.get(Math.toIntExact(at / bucketFloats));
      int offset = (int) (at % bucketFloats);
      int length = Math.min(values.length - done, bucket.length - offset);
      if (direction == Direction.TO_BUCKETS) {
        System.arraycopy(values, done, bucket, offset, length);
      } else {
        System.arraycopy(bucket, offset, values, done, length);
      }
      done += length;
    }
  }

  private static long size(long[] shape) {
    long size = 1;
    for (long length : shape) {
      size *= length;
    }
    return size;
  }
}
