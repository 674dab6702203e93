package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A worker of a run as a thread of this JVM. Killing it closes its sockets, as a kernel would. */
final class Worker implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  private final String name;
  private final FakeReplica replica;
  private final PeerServer server;
  private final Meeting meeting;
  private final Participant participant;
  private volatile boolean dead;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(r -> Listener.daemon("worker", r));

  Worker(String name, FakeReplica replica, Meeting meeting)
      throws IOException, InterruptedException {
    this.name = name;
    this.replica = replica;
    this.meeting = meeting;
    ReplicaSlot<FakeReplica> slot = new ReplicaSlot<>(() -> replica);
    this.server = new PeerServer(HOST, meeting.token(), meeting.limits(), slot);
    this.participant = new Participant(name, slot, server, meeting);
  }

  String name() {
    return name;
  }

  FakeReplica replica() {
    return replica;
  }

  PeerServer server() {
    return server;
  }

  /**
   * Brings the replica up to date and takes part in a step. A worker may die at any moment, between
   * being chosen and being asked as well: then its part is lost, as a task sent to a dead process
   * is.
   */
  CompletableFuture<Participation> take(long step) {
    try {
      return CompletableFuture.supplyAsync(() -> takeNow(step), thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Participation takeNow(long step) {
    try {
      if (replica.version() != step) {
        new StateSource(meeting).restore(replica, step);
      }
      return participant.take(step, HOST);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isDead() {
    return dead;
  }

  /** The end of the process: its connections break, nothing else is said. */
  void kill() {
    dead = true;
    server.close();
    participant.close();
    thread.shutdownNow();
  }

  @Override
  public void close() {
    kill();
  }
}
