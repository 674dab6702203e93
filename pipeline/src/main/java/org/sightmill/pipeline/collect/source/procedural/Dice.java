package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;

/**
 * Random draws that are the same on every JDK: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) with
 * bounds by multiplication. The JDK's generators promise less about bounded draws across versions.
 */
final class Dice {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** The dice of one row and purpose; different purposes draw independently. */
  static Dice of(long seed, long index, Purpose purpose) {
    long mixed = mix(seed + GOLDEN_GAMMA);
    mixed = mix(mixed ^ (index * GOLDEN_GAMMA + 1));
    return new Dice(mix(mixed + purpose.ordinal() + 1));
  }

  /**
   * What a row's draws are for, new ones last. A change in one purpose's draws leaves the others as
   * they were.
   */
  enum Purpose {
    PLAN,
    SCENE,
    RATIONALE,
    PAINT,
    GLANCE
  }

  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** In [0, 1). */
  double unit() {
    return (next() >>> 11) * UNIT;
  }

  /** In [low, high). */
  double between(double low, double high) {
    return low + unit() * (high - low);
  }

  /** In [0, bound). */
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /** In [low, high], both included. */
  int from(int low, int high) {
    return low + below(high - low + 1);
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  <T> T pick(List<T> options) {
    return options.get(below(options.size()));
  }

  @SafeVarargs
  final <T> T pickOf(T... options) {
    return options[below(options.length)];
  }

  /** Shuffles in place. */
  <T> void shuffle(List<T> list) {
    for (int last = list.size() - 1; last > 0; last--) {
      int other = below(last + 1);
      T held = list.get(last);
      list.set(last, list.get(other));
      list.set(other, held);
    }
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
