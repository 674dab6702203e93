package org.sightmill.trainer.distributed;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;

/**
 * Gives each task of a stage one GPU of its executor, where executors have one: so that there is
 * one such task per policy at a time, and it knows its device. Local mode has no such profiles.
 */
final class GpuProfile {
  private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";

  private final ResourceProfile profile;

  private GpuProfile(ResourceProfile profile) {
    this.profile = profile;
  }

  static GpuProfile of(JavaSparkContext spark) {
    boolean executorsHaveGpus = spark.getConf().getInt(EXECUTOR_GPUS, 0) > 0;
    if (spark.isLocal() || !executorsHaveGpus) {
      return new GpuProfile(null);
    }
    TaskResourceRequests requests = new TaskResourceRequests().cpus(1).resource("gpu", 1);
    return new GpuProfile(new ResourceProfileBuilder().require(requests).build());
  }

  <T> JavaRDD<T> applied(JavaRDD<T> stage) {
    return profile == null ? stage : stage.withResources(profile);
  }
}
