package org.sightmill.trainer.distributed;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Work on a policy of one version, as a Spark task: retried by Spark, anywhere.
 *
 * @param <R> the kind of replica
 * @param <A> what is worked on
 * @param <B> what comes of it
 */
final class WorkTask<R extends WorkerReplica<?>, A, B> implements FlatMapFunction<Iterator<A>, B> {
  private static final long serialVersionUID = 1L;

  private final WorkerSpec<R> spec;
  private final long version;
  private final Work<R, A, B> work;

  /** What is done with one item. */
  interface Work<R, A, B> extends Serializable {
    B on(R replica, A item, Placement placement);
  }

  WorkTask(WorkerSpec<R> spec, long version, Work<R, A, B> work) {
    this.spec = spec;
    this.version = version;
    this.work = work;
  }

  @Override
  public Iterator<B> call(Iterator<A> items) throws Exception {
    ExecutorWorker<R> worker = ExecutorWorker.here(spec);
    List<B> results = new ArrayList<>();
    while (items.hasNext()) {
      A item = items.next();
      results.add(worker.at(version, replica -> work.on(replica, item, worker.placement())));
    }
    return results.iterator();
  }
}
