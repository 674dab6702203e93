package org.sightmill.trainer.distributed;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** How many threads the engine gets in an executor; fixed when the engine starts. */
final class Threads {
  private static final String ENGINE_THREADS = "ai.djl.pytorch.num_threads";
  private static final String EXECUTOR_CORES = "spark.executor.cores";

  private Threads() {}

  /**
   * As many as the executor has cores, unless told otherwise: more than the cores makes the
   * engine's threads wait for one another. In local mode the process has said what it wants.
   */
  static void asManyAsCores() {
    SparkConf conf = SparkEnv.get().conf();
    if (conf.contains(EXECUTOR_CORES) && System.getProperty(ENGINE_THREADS) == null) {
      System.setProperty(ENGINE_THREADS, conf.get(EXECUTOR_CORES));
    }
  }
}
