package org.sightmill.trainer.model;

/** Between the names in checkpoint files and the runtime names of newer transformers. */
final class TensorNames {
  private static final String VISION = "model.visual.";
  private static final String TEXT = "model.language_model.";

  private TensorNames() {}

  /** The runtime name of a tensor stored under either style. */
  static String runtime(String stored) {
    if (stored.startsWith("visual.")) {
      return "model." + stored;
    }
    boolean plainText =
        stored.startsWith("model.") && !stored.startsWith(VISION) && !stored.startsWith(TEXT);
    return plainText ? TEXT + stored.substring("model.".length()) : stored;
  }

  /** The name in the hub's files, which every version of transformers reads and writes. */
  static String hub(String runtime) {
    if (runtime.startsWith(VISION)) {
      return runtime.substring("model.".length());
    }
    return runtime.startsWith(TEXT) ? "model." + runtime.substring(TEXT.length()) : runtime;
  }
}
