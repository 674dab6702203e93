package org.sightmill.trainer.engine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory a device has left for tensors. */
public final class DeviceMemory {
  private static final Path LINUX_MEMORY = Path.of("/proc/meminfo");

  private DeviceMemory() {}

  /** Bytes that can still be allocated; on the processor without swapping. */
  public static long availableBytes(Device device) {
    if (device.isGpu()) {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getMax() - usage.getUsed();
    }
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    // The bean knows a container's limit, and the kernel which cached pages it would give up.
    return Math.min(system.getTotalMemorySize(), kernelsEstimate(system.getFreeMemorySize()));
  }

  private static long kernelsEstimate(long otherwise) {
    if (!Files.isReadable(LINUX_MEMORY)) {
      return otherwise;
    }
    try (Stream<String> lines = Files.lines(LINUX_MEMORY)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise; // an estimate for want of a better one
    }
  }
}
