package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The place of a process's one replica: who uses it has it alone, with all of the process's cores.
 * All work runs on one thread of the slot's own, whatever thread asks for it: engines keep settings
 * and worker pools for each thread that calls them.
 *
 * @param <R> the kind of replica
 */
public final class ReplicaSlot<R extends Replica> implements AutoCloseable {
  private final Semaphore free = new Semaphore(1, true);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(body -> Listener.daemon("sightmill-replica", body));
  private final R replica;

  /** How a replica is made, on the slot's thread. */
  public interface Maker<R> {
    /** Makes it. */
    R make() throws IOException;
  }

  /** What is done with a replica, on the slot's thread. */
  public interface Use<R, T> {
    /** Does it. */
    T with(R replica)
        throws IOException, AttemptFailedException, TimeoutException, InterruptedException;
  }

  /** A slot for a new replica, which is used through the slot only. */
  public ReplicaSlot(Maker<R> maker) throws IOException, InterruptedException {
    try {
      this.replica = finished(thread.submit(maker::make));
    } catch (AttemptFailedException | TimeoutException e) {
      thread.shutdown();
      throw new IllegalStateException("making a replica takes part in no step", e);
    } catch (IOException | InterruptedException | RuntimeException e) {
      thread.shutdown();
      throw e;
    }
  }

  /**
   * Uses the replica as soon as nobody else does. If the asking thread is interrupted meanwhile,
   * the work still runs to its end.
   *
   * @throws TimeoutException if it stays in use for longer than {@code limit}
   */
  public <T> T use(Duration limit, Use<R, T> use)
      throws IOException, AttemptFailedException, TimeoutException, InterruptedException {
    if (!free.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException("the replica was in use for all of " + limit);
    }
    return finished(
        thread.submit(
            () -> {
              try {
                return use.with(replica);
              } finally {
                free.release();
              }
            }));
  }

  private static <T> T finished(Future<T> future)
      throws IOException, AttemptFailedException, TimeoutException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      } else if (cause instanceof AttemptFailedException failed) {
        throw failed;
      } else if (cause instanceof TimeoutException timeout) {
        throw timeout;
      } else if (cause instanceof InterruptedException interrupted) {
        throw interrupted;
      } else if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(cause);
    }
  }

  /** Ends the thread once its work is done; the replica is no longer used. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
