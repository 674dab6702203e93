package org.sightmill.jobs.eval;

import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.sightmill.trainer.eval.Answerer;

/**
 * The one answerer of an executor. Tasks take turns with a model, which uses all threads or the
 * whole device, and whose weights are held once; an endpoint they call together. Another source
 * closes the last one's.
 */
final class ExecutorAnswerer {
  private static AnswererSource source;
  private static Answerer answerer;

  private ExecutorAnswerer() {}

  /** Runs {@code work} when it is this task's turn, or at once where no turns are taken. */
  static <T> T with(AnswererSource wanted, Function<Answerer, T> work) {
    Answerer free;
    synchronized (ExecutorAnswerer.class) {
      Answerer opened = open(wanted);
      if (opened.takesTurns()) {
        return work.apply(opened);
      }
      free = opened;
    }
    return work.apply(free);
  }

  /** Frees the model, on the driver when a local run is over. */
  static synchronized void close() {
    if (answerer != null) {
      answerer.close();
      answerer = null;
      source = null;
    }
  }

  private static Answerer open(AnswererSource wanted) {
    if (!wanted.equals(source)) {
      close();
      answerer = wanted.open(device());
      source = wanted;
    }
    return answerer;
  }

  private static int device() {
    TaskContext task = TaskContext.get();
    boolean given = task != null && task.resourcesJMap().containsKey("gpu");
    return given ? Integer.parseInt(task.resourcesJMap().get("gpu").addresses()[0]) : 0;
  }
}
