package org.sightmill.trainer.image;

import java.util.Objects;
import java.util.function.Function;

/**
 * What became of a picture: a value, or a fault to count.
 *
 * @param <T> what a usable picture gives
 */
public sealed interface ImageResult<T> {

  /** The picture's value. */
  record Usable<T>(T value) implements ImageResult<T> {
    /** Rejects null. */
    public Usable {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public <R> ImageResult<R> then(Function<? super T, ImageResult<R>> step) {
      return step.apply(value);
    }
  }

  /**
   * A picture that cannot be used.
   *
   * @param fault the reason to count
   * @param detail one sentence with the values that made it so
   */
  record Unusable<T>(ImageFault fault, String detail) implements ImageResult<T> {
    /** Rejects null. */
    public Unusable {
      Objects.requireNonNull(fault, "fault");
      Objects.requireNonNull(detail, "detail");
    }

    @Override
    public <R> ImageResult<R> then(Function<? super T, ImageResult<R>> step) {
      return new Unusable<>(fault, detail);
    }
  }

  /** Goes on with a usable value; an unusable picture stays what it is. */
  <R> ImageResult<R> then(Function<? super T, ImageResult<R>> step);

  /** A usable picture. */
  static <T> ImageResult<T> usable(T value) {
    return new Usable<>(value);
  }

  /** An unusable picture; {@code detail} is a format string. */
  static <T> ImageResult<T> unusable(ImageFault fault, String detail, Object... values) {
    return new Unusable<>(fault, values.length == 0 ? detail : detail.formatted(values));
  }
}
