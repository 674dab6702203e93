package org.sightmill.trainer.model;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.engine.DeviceMemory;
import org.sightmill.trainer.engine.EngineInfo;

/**
 * What models can run on here.
 *
 * @param library the native library in words
 * @param rooms every device with its free memory, the processor last
 */
public record Readiness(String library, List<Room> rooms) {

  /**
   * A device.
   *
   * @param device as {@link Placement} takes it
   */
  public record Room(String device, long availableBytes) {}

  /** Copies the list. */
  public Readiness {
    rooms = List.copyOf(rooms);
  }

  /** Loads the native library; nothing if there is none, and {@link #advice} says what to do. */
  public static Optional<Readiness> find() {
    return EngineInfo.find()
        .map(
            info ->
                new Readiness(
                    "PyTorch %s in %s, %d threads"
                        .formatted(info.version(), info.library(), info.threads()),
                    rooms(info.gpus())));
  }

  private static List<Room> rooms(int gpus) {
    List<Room> rooms = new ArrayList<>();
    for (int gpu = 0; gpu < gpus; gpu++) {
      rooms.add(new Room("cuda:" + gpu, DeviceMemory.availableBytes(Device.gpu(gpu))));
    }
    rooms.add(new Room("cpu", DeviceMemory.availableBytes(Device.cpu())));
    return rooms;
  }

  /** How to make a native library available. */
  public static String advice() {
    return EngineInfo.advice();
  }
}
