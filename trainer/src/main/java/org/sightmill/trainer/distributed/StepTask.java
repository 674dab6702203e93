package org.sightmill.trainer.distributed;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import org.sightmill.trainer.distributed.exchange.Participant;
import org.sightmill.trainer.distributed.exchange.Participation;

/**
 * An executor's part in one step, as a Spark task that lasts as long as the attempt.
 *
 * @param <R> the kind of replica
 * @param <T> the task of a step
 */
final class StepTask<R extends WorkerReplica<T>, T extends Serializable>
    implements FlatMapFunction<Iterator<Integer>, Participation> {
  private static final long serialVersionUID = 1L;

  private final WorkerSpec<R> spec;
  private final long step;
  private final Broadcast<byte[]> task;
  private final Class<T> type;

  StepTask(WorkerSpec<R> spec, long step, Broadcast<byte[]> task, Class<T> type) {
    this.spec = spec;
    this.step = step;
    this.task = task;
    this.type = type;
  }

  @Override
  public Iterator<Participation> call(Iterator<Integer> ignored) throws Exception {
    ExecutorWorker<R> worker = ExecutorWorker.here(spec);
    T work = Serialized.value(task.value(), type);
    worker.at(
        step,
        replica -> {
          replica.prepare(work);
          return step;
        });
    Participant participant = worker.participant();
    TaskCompletionListener leave = ended -> participant.close();
    TaskContext.get().addTaskCompletionListener(leave);
    return List.of(participant.take(step, worker.placement().host())).iterator();
  }
}
