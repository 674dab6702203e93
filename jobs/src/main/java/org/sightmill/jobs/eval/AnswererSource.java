package org.sightmill.jobs.eval;

import java.io.Serializable;
import org.sightmill.trainer.eval.Answerer;

/** How an executor comes to its answerer; equal sources of one executor share one. */
public interface AnswererSource extends Serializable {
  /**
   * Opens an answerer, once for each executor.
   *
   * @param device number of the executor's GPU, 0 without one
   */
  Answerer open(int device);
}
