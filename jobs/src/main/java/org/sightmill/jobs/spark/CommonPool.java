package org.sightmill.jobs.spark;

import java.util.Optional;

/**
 * The JVM's common pool, on which {@code java.net.http} ends every call. Where there are one or two
 * processors the JVM has none, and starts a thread for each task instead: with 512 calls in flight
 * that cost a quarter of the rate (pipeline's log, 2026-11-29).
 */
public final class CommonPool {
  static final String SETTING = "java.util.concurrent.ForkJoinPool.common.parallelism";

  /** Processors up to which the JVM has no common pool of its own accord. */
  private static final int FEW = 2;

  /** Tasks are over at once, but for one that a training's step waits in. */
  private static final int THREADS = 4;

  private CommonPool() {}

  /** Sees to one in this JVM; in time only before anything has asked for it. */
  public static void ofThisJvm() {
    if (Runtime.getRuntime().availableProcessors() <= FEW && System.getProperty(SETTING) == null) {
      System.setProperty(SETTING, String.valueOf(THREADS));
    }
  }

  /**
   * The option that gives an executor one.
   *
   * @param cores of an executor; 0 = not known
   * @return empty where the JVM has one of its own
   */
  static Optional<String> executorOption(int cores) {
    return cores > FEW ? Optional.empty() : Optional.of("-D" + SETTING + "=" + THREADS);
  }
}
