package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.sightmill.trainer.distributed.exchange.AttemptFailedException;
import org.sightmill.trainer.distributed.exchange.Participant;
import org.sightmill.trainer.distributed.exchange.Peer;
import org.sightmill.trainer.distributed.exchange.PeerServer;
import org.sightmill.trainer.distributed.exchange.ReplicaSlot;
import org.sightmill.trainer.distributed.exchange.StateSource;
import org.sightmill.trainer.engine.Scope;

/**
 * The one worker of an executor's JVM: its policy, the door for its peers, its part in steps. It
 * stays between tasks; the worker of another run takes its place and frees its memory.
 */
final class ExecutorWorker<R extends WorkerReplica<?>> implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ExecutorWorker.class.getName());
  private static ExecutorWorker<?> current;

  private final WorkerSpec<R> spec;
  private final Placement placement;
  private final Scope root;
  private final ReplicaSlot<R> slot;
  private final PeerServer server;
  private final Participant participant;
  private boolean announced; // on the slot's thread

  private ExecutorWorker(WorkerSpec<R> spec, Placement placement)
      throws IOException, InterruptedException {
    this.spec = spec;
    this.placement = placement;
    Path model = spec.model().fetched();
    this.root = Scope.on(placement.device());
    this.slot = slot(model);
    this.server =
        new PeerServer(placement.host(), spec.meeting().token(), spec.meeting().limits(), slot);
    this.participant = new Participant(placement.executor(), slot, server, spec.meeting());
  }

  /** This JVM's worker for a run; made by the first task that asks. */
  @SuppressWarnings("unchecked") // a run's token stands for its spec
  static <R extends WorkerReplica<?>> ExecutorWorker<R> here(WorkerSpec<R> spec)
      throws IOException, InterruptedException {
    synchronized (ExecutorWorker.class) {
      if (current == null || !current.belongsTo(spec)) {
        release();
        Threads.asManyAsCores();
        Placement placement = Placement.ofTask();
        if (placement.isGpuDeclaredOnly()) {
          LOG.log(
              Level.WARNING,
              "executor {0} was given gpu {1}, but this machine has no CUDA device: it computes on"
                  + " the processor",
              placement.executor(),
              placement.gpuAddress());
        }
        current = new ExecutorWorker<>(spec, placement);
      }
      return (ExecutorWorker<R>) current;
    }
  }

  /** A replica that can't be made leaves nothing behind: Spark tries again. */
  private ReplicaSlot<R> slot(Path model) throws IOException, InterruptedException {
    try {
      return new ReplicaSlot<>(() -> spec.factory().create(root, model));
    } catch (IOException | InterruptedException | RuntimeException e) {
      root.close();
      throw e;
    }
  }

  private boolean belongsTo(WorkerSpec<?> other) {
    return spec.meeting().token().equals(other.meeting().token());
  }

  /** Frees this JVM's worker, if it has one. */
  static void release() {
    synchronized (ExecutorWorker.class) {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }

  Placement placement() {
    return placement;
  }

  Participant participant() {
    return participant;
  }

  /** Uses the replica at a version, which it takes from others first if it lacks it. */
  <T> T at(long version, ReplicaSlot.Use<R, T> use) throws IOException, InterruptedException {
    try {
      return slot.use(
          spec.meeting().limits().step(),
          replica -> {
            bring(replica, version);
            return use.with(replica);
          });
    } catch (AttemptFailedException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  private void bring(R replica, long version) throws IOException {
    if (replica.version() != version || !announced) {
      StateSource source = new StateSource(spec.meeting());
      if (replica.version() != version) {
        source.restore(replica, version);
      }
      source.announce(
          new Peer(placement.executor(), placement.host(), server.port(), version), replica.hash());
      announced = true;
    }
  }

  @Override
  public void close() {
    participant.close();
    server.close();
    try {
      slot.use(
          spec.meeting().limits().step(),
          replica -> {
            replica.close();
            return true;
          });
    } catch (IOException | AttemptFailedException | TimeoutException e) {
      LOG.log(Level.WARNING, "the policy of an earlier run was not freed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    slot.close();
    root.close();
  }
}
