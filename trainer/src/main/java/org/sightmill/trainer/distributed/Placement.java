package org.sightmill.trainer.distributed;

import ai.djl.Device;
import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.sightmill.trainer.engine.EngineInfo;

/**
 * Where a task runs.
 *
 * @param executor Spark's id of the executor; {@code driver} in local mode
 * @param host address that other executors reach it under
 * @param gpuAddress what Spark gave the task, or null
 * @param computesOn the device in words, with the address where there is one
 */
record Placement(String executor, String host, String gpuAddress, String computesOn)
    implements Serializable {
  private static final String GPU = "gpu";

  /** The place of the task that calls this. */
  static Placement ofTask() {
    ResourceInformation gpu = TaskContext.get().resourcesJMap().get(GPU);
    String address = gpu == null || gpu.addresses().length == 0 ? null : gpu.addresses()[0];
    SparkEnv env = SparkEnv.get();
    return new Placement(
        env.executorId(),
        env.blockManager().blockManagerId().host(),
        address,
        address == null ? "cpu" : (hasCuda() ? "gpu " + address : "cpu for gpu " + address));
  }

  /** The processor, unless Spark gave an address and the machine has CUDA. */
  Device device() {
    return gpuAddress != null && hasCuda()
        ? Device.gpu(Integer.parseInt(gpuAddress))
        : Device.cpu();
  }

  /** Whether an address was given that no device stands behind. */
  boolean isGpuDeclaredOnly() {
    return gpuAddress != null && !hasCuda();
  }

  private static boolean hasCuda() {
    return EngineInfo.find().map(info -> info.gpus() > 0).orElse(false);
  }
}
