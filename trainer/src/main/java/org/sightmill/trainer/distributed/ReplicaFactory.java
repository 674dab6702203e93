package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.sightmill.trainer.engine.Scope;

/** Makes an executor's replica; sent to executors. */
interface ReplicaFactory<R> extends Serializable {
  /**
   * Makes it.
   *
   * @param root on the device to compute on
   * @param model the model's folder on this node
   */
  R create(Scope root, Path model) throws IOException;
}
