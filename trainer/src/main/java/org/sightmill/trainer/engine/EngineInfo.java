package org.sightmill.trainer.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import java.util.Optional;

/**
 * What tensor computation runs on, for {@code doctor}.
 *
 * @param version of the PyTorch library
 * @param library folder of the native library
 * @param gpus CUDA devices that the library can use
 * @param threads of one operation on the processor
 */
public record EngineInfo(String version, String library, int gpus, int threads) {

  /**
   * Loads the native library, if that has not happened yet.
   *
   * @return nothing if there is none for this machine; {@link #advice} says what to do
   */
  public static Optional<EngineInfo> find() {
    Runtime.prepareProcess();
    try {
      Engine engine = Engine.getEngine(Runtime.ENGINE_NAME);
      return Optional.of(
          new EngineInfo(
              engine.getVersion(),
              LibUtils.getLibtorchPath(),
              engine.getGpuCount(),
              JniUtils.getNumThreads()));
    } catch (EngineException | UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  /** How to make a library available. */
  public static String advice() {
    return "run 'sightmill setup', put pytorch-native-cpu on the class path, or set"
        + " PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR (cpu or cu128) to an installed"
        + " libtorch";
  }
}
