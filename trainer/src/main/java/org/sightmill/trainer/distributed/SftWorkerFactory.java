package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.sft.SftWorker;

/** Makes an executor's worker; sent to executors, so it holds settings only. */
public interface SftWorkerFactory extends Serializable {
  /**
   * Makes it.
   *
   * @param root on the device to compute on
   * @param model the model's folder on this node
   */
  SftWorker create(Scope root, Path model) throws IOException;
}
