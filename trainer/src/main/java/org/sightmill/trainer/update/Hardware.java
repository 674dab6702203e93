package org.sightmill.trainer.update;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.sightmill.trainer.engine.EngineInfo;
import org.sightmill.trainer.engine.Scope;

/** What a run computes on. */
public enum Hardware {
  /** The first GPU where the library sees one, else the processor. */
  AUTO,
  /** The processor. */
  CPU,
  /** The first GPU. */
  GPU;

  /** What keeps this from being used here; empty where nothing does. */
  public List<String> problems() {
    if (EngineInfo.find().isEmpty()) {
      return List.of("device has no PyTorch library: " + EngineInfo.advice());
    }
    return this == GPU && gpus() == 0
        ? List.of("device gpu: the PyTorch library sees no GPU")
        : List.of();
  }

  /** A root scope on the device. */
  public Scope open() {
    return Scope.on(device());
  }

  /** The memory of the device in bytes, taken or not. */
  public long memoryBytes() {
    if (device().isGpu()) {
      return CudaUtils.getGpuMemory(device()).getMax();
    }
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  private Device device() {
    return this == CPU || gpus() == 0 ? Device.cpu() : Device.gpu(0);
  }

  private static int gpus() {
    return EngineInfo.find().map(EngineInfo::gpus).orElse(0);
  }
}
