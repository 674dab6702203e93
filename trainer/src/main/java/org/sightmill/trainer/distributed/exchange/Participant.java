package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.sightmill.trainer.distributed.exchange.Participation.Ending;

/** A worker's part in the steps of a run. Closing it leaves the attempt that it is in. */
public final class Participant implements AutoCloseable {
  private final String executor;
  private final ReplicaSlot<?> slot;
  private final PeerServer server;
  private final Meeting meeting;
  private volatile ControlLink current;

  /**
   * A worker with a name that no other has.
   *
   * @param executor its name in messages and logs
   */
  public Participant(String executor, ReplicaSlot<?> slot, PeerServer server, Meeting meeting) {
    this.executor = executor;
    this.slot = slot;
    this.server = server;
    this.meeting = meeting;
  }

  /**
   * Takes part in one attempt at a step; the replica must have taken all steps before it.
   *
   * @param serverHost address that others reach this worker's server under
   */
  public Participation take(long step, String serverHost) throws InterruptedException {
    TimeLimits limits = meeting.limits();
    try (ControlLink link = ControlLink.open(meeting.host(), meeting.port(), limits)) {
      current = link;
      link.send(join(step, serverHost));
      Message answer = link.await(limits.step());
      if (answer instanceof Message.Start start) {
        return slot.use(limits.silence(), replica -> new Turn(link, start, step, replica).run());
      }
      return new Participation(Ending.IDLE, String.valueOf(answer));
    } catch (AttemptFailedException e) {
      return new Participation(Ending.ABORTED, e.reason() + ": " + e.getMessage());
    } catch (IOException | TimeoutException e) {
      return new Participation(Ending.ABORTED, String.valueOf(e.getMessage()));
    }
  }

  /** The replica is free until all have come: one that lacks weights may fetch them here. */
  private Message.Join join(long step, String serverHost)
      throws IOException, AttemptFailedException, TimeoutException, InterruptedException {
    return slot.use(
        meeting.limits().step(),
        replica -> {
          Peer self = new Peer(executor, serverHost, server.port(), replica.version());
          return new Message.Join(meeting.token(), step, self, replica.hash());
        });
  }

  @Override
  public void close() {
    ControlLink link = current;
    if (link != null) {
      link.drop();
    }
  }

  /** One attempt, from its start to its end. */
  private final class Turn {
    private final ControlLink link;
    private final Message.Start start;
    private final long step;
    private final Replica replica;

    Turn(ControlLink link, Message.Start start, long step, Replica replica) {
      this.link = link;
      this.start = start;
      this.step = step;
      this.replica = replica;
    }

    Participation run() throws AttemptFailedException, InterruptedException {
      try (Mesh mesh = Mesh.open(start, step, server, meeting.token(), meeting.limits())) {
        link.onAbort(mesh::close);
        List<NodeReport> reports = compute();
        String sum = new GradientExchange(start, mesh, replica).run();
        link.send(new Message.Prepared(sum, reports));
        expect(Message.Commit.class);
        String summary = apply();
        link.send(new Message.Applied(replica.hash(), summary));
        expect(Message.Done.class);
        return new Participation(Ending.COMMITTED, "attempt " + start.attempt());
      } catch (AttemptOverException e) {
        throw e.failure();
      } catch (CorruptFrameException e) {
        throw link.verdict(FailureReason.CORRUPT_FRAME, e.getMessage());
      } catch (StaleFrameException e) {
        throw link.verdict(FailureReason.STALE, e.getMessage());
      } catch (IOException e) {
        throw link.verdict(FailureReason.MEMBER_LOST, e.getMessage());
      } catch (RuntimeException e) {
        throw link.verdict(FailureReason.MEMBER_FAILED, executor + ": " + e);
      } finally {
        replica.discard();
      }
    }

    /** A failure is told while the mesh is open: a closed one makes peers report a lost member. */
    private List<NodeReport> compute() throws AttemptFailedException, InterruptedException {
      List<NodeReport> reports = new ArrayList<>();
      try {
        for (ShardTree.Node node : start.partition().nodesOf(start.rank())) {
          reports.add(replica.compute(node, this::stillWanted));
        }
        return reports;
      } catch (AttemptOverException e) {
        throw e.failure();
      } catch (RuntimeException e) {
        throw link.verdict(FailureReason.MEMBER_FAILED, executor + ": " + e);
      }
    }

    /** A step applied in part leaves weights that nobody has. */
    private String apply() {
      try {
        return replica.applySum();
      } catch (RuntimeException e) {
        replica.invalidate();
        throw e;
      }
    }

    private void stillWanted() {
      try {
        link.check();
      } catch (AttemptFailedException e) {
        throw new AttemptOverException(e);
      }
    }

    private void expect(Class<? extends Message> type)
        throws AttemptFailedException, InterruptedException {
      Message message = link.await(meeting.limits().step());
      if (!type.isInstance(message)) {
        throw link.verdict(
            FailureReason.MEMBER_FAILED,
            "%s expected %s but was told %s".formatted(executor, type.getSimpleName(), message));
      }
    }
  }
}
