package org.sightmill.trainer.engine;

import ai.djl.pytorch.jni.JniUtils;

/** What the engine needs per process and per thread before its first call. */
final class Runtime {
  static final String ENGINE_NAME = "PyTorch";

  /** Keeps DJL from counting its users over the network. */
  private static final String OPT_OUT_TRACKING = "OPT_OUT_TRACKING";

  private static final String OFFLINE = "ai.djl.offline";

  private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

  private Runtime() {}

  static void prepareProcess() {
    setIfAbsent(OPT_OUT_TRACKING, "true");
    setIfAbsent(OFFLINE, "true");
  }

  /** The fuser would compile anew for every shape; the switch is per thread. */
  static void prepareThread() {
    if (!PREPARED.get()) {
      JniUtils.setGraphExecutorOptimize(false);
      PREPARED.set(true);
    }
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
