package org.sightmill.trainer.data;

import java.util.SplittableRandom;

/** Orders and seeds that depend on numbers alone, the same in every process. */
public final class Shuffles {
  /** The golden ratio's fraction: spreads neighbouring numbers over all bits. */
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private Shuffles() {}

  /** The order in which a pass goes through {@code samples} rows. */
  public static int[] order(long seed, long epoch, int samples) {
    int[] order = new int[samples];
    for (int i = 0; i < samples; i++) {
      order[i] = i;
    }
    SplittableRandom random = new SplittableRandom(mix(seed, epoch, -1));
    for (int i = samples - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
    return order;
  }

  /** A seed of its own for each triple of numbers. */
  public static long mix(long seed, long first, long second) {
    return scrambled(scrambled(scrambled(seed) + first) + second);
  }

  private static long scrambled(long value) {
    return new SplittableRandom(value * GAMMA + 1).nextLong();
  }
}
