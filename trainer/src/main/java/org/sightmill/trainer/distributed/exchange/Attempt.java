package org.sightmill.trainer.distributed.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One try at a step: members gather, each prepares, and when all have prepared the same sum they
 * all apply it; if one is lost before that, nobody does. The decision falls here alone.
 */
public final class Attempt {
  private enum Phase {
    GATHERING,
    PREPARING,
    APPLYING,
    OVER
  }

  private final long id;
  private final long step;
  private final Roster roster;
  private final TimeLimits limits;
  private int expected;
  private final int shards;
  private final long opened = System.nanoTime();
  private final List<Session> members = new ArrayList<>();
  private Phase phase = Phase.GATHERING;
  private long firstJoined;
  private StepResult result;
  private AttemptFailedException failure;

  Attempt(long id, long step, Roster roster, TimeLimits limits, int expected, int shards) {
    this.id = id;
    this.step = step;
    this.roster = roster;
    this.limits = limits;
    this.expected = expected;
    this.shards = shards;
  }

  long step() {
    return step;
  }

  /** Lets a worker in, or says why it isn't needed. */
  synchronized boolean join(Session session) {
    String refusal = refusal(session);
    if (refusal != null) {
      session.tell(new Message.Idle(refusal));
      return false;
    }
    if (!roster.agrees(step, session.hash())) {
      mismatch("weights of version " + step, Session::hash, withNewcomer(session));
      session.tell(new Message.Abort(failure.reason(), failure.getMessage()));
      return false;
    }
    roster.has(session.peer().at(step), session.hash());
    firstJoined = members.isEmpty() ? System.nanoTime() : firstJoined;
    members.add(session);
    if (members.size() >= expected) {
      start();
    }
    notifyAll();
    return true;
  }

  /** Fewer workers are left than were expected. */
  synchronized void expectAtMost(int workers) {
    expected = Math.min(expected, workers);
    if (phase == Phase.GATHERING && !members.isEmpty() && members.size() >= expected) {
      start();
    }
    notifyAll();
  }

  private List<Session> withNewcomer(Session session) {
    List<Session> all = new ArrayList<>(members);
    all.add(session);
    return all;
  }

  private String refusal(Session session) {
    if (phase != Phase.GATHERING) {
      return "attempt %d at step %d has begun without it".formatted(id, step);
    }
    if (session.peer().version() != step) {
      return "it has version %d, not %d".formatted(session.peer().version(), step);
    }
    return members.stream().anyMatch(m -> m.executor().equals(session.executor()))
        ? "%s is a member already".formatted(session.executor())
        : null;
  }

  private void start() {
    phase = Phase.PREPARING;
    members.sort(Comparator.comparing(Session::executor));
    List<Peer> peers = members.stream().map(Session::peer).toList();
    Partition partition = Partition.even(shards, peers.size());
    for (int rank = 0; rank < peers.size(); rank++) {
      members.get(rank).tell(new Message.Start(id, peers, rank, partition));
    }
  }

  /** A member says something. */
  synchronized void heard(Session session, Message message) {
    if (!members.contains(session)) {
      return;
    }
    if (message instanceof Message.Failed failed) {
      gone(session, failed.reason(), failed.detail());
    } else if (message instanceof Message.Prepared prepared && phase == Phase.PREPARING) {
      session.prepared(prepared);
      decide();
    } else if (message instanceof Message.Applied applied && phase == Phase.APPLYING) {
      session.applied(applied);
      finish();
    }
    notifyAll();
  }

  /** A member's connection ended, or it fell silent. */
  synchronized void lost(Session session, FailureReason reason, String how) {
    if (members.contains(session)) {
      gone(
          session, reason, "%s %s in step %d, attempt %d".formatted(session.peer(), how, step, id));
      notifyAll();
    }
  }

  private void gone(Session session, FailureReason reason, String detail) {
    switch (phase) {
      case GATHERING -> members.remove(session);
      case PREPARING -> fail(reason, detail);
      case APPLYING -> {
        // The step is committed: a replacement takes the new weights from those who stay.
        members.remove(session);
        roster.forget(session.executor());
        finish();
      }
      case OVER -> {
        // It was told the end and hung up.
      }
    }
  }

  private void decide() {
    if (members.stream().anyMatch(m -> m.prepared() == null)) {
      return;
    }
    if (members.stream().map(m -> m.prepared().sumHash()).distinct().count() > 1) {
      mismatch("summed gradients of step " + step, m -> m.prepared().sumHash(), members);
      return;
    }
    phase = Phase.APPLYING;
    members.forEach(member -> member.tell(new Message.Commit()));
  }

  private void finish() {
    if (members.isEmpty()) {
      fail(
          FailureReason.STATE_LOST,
          "every member of step %d was lost while applying it".formatted(step));
      return;
    }
    if (members.stream().anyMatch(m -> m.applied() == null)) {
      return;
    }
    if (members.stream().map(m -> m.applied().hash()).distinct().count() > 1) {
      mismatch("weights of version " + (step + 1), m -> m.applied().hash(), members);
      return;
    }
    Message.Applied applied = members.get(0).applied();
    members.forEach(m -> roster.has(m.peer().at(step + 1), applied.hash()));
    result = new StepResult(applied.hash(), applied.summary(), reports(), executors());
    phase = Phase.OVER;
    members.forEach(member -> member.tell(new Message.Done()));
  }

  private List<NodeReport> reports() {
    return members.stream()
        .flatMap(m -> m.prepared().reports().stream())
        .sorted(Comparator.comparingInt((NodeReport report) -> report.node().from()))
        .toList();
  }

  private List<String> executors() {
    return members.stream().map(Session::executor).toList();
  }

  private void mismatch(String what, Function<Session, String> value, List<Session> among) {
    fail(
        FailureReason.MISMATCH,
        "%s differ between executors: %s"
            .formatted(
                what,
                among.stream()
                    .map(m -> m.executor() + " has " + value.apply(m))
                    .collect(Collectors.joining(", "))));
  }

  private void fail(FailureReason reason, String detail) {
    failure = new AttemptFailedException(reason, detail);
    phase = Phase.OVER;
    members.forEach(member -> member.tell(new Message.Abort(reason, detail)));
    notifyAll();
  }

  /** Ends the attempt if nobody takes part: the tasks that should have are over. */
  public synchronized void tasksEnded(String why) {
    if (phase != Phase.OVER && members.isEmpty()) {
      fail(FailureReason.MEMBER_LOST, "nobody is left to take step %d: %s".formatted(step, why));
    }
  }

  /**
   * Waits for the end.
   *
   * @throws AttemptFailedException with the reason that every member was told
   */
  public synchronized StepResult await() throws AttemptFailedException, InterruptedException {
    while (phase != Phase.OVER) {
      long left = deadline() - System.nanoTime();
      if (left > 0) {
        wait(1 + left / 1_000_000);
      } else if (phase == Phase.GATHERING && !members.isEmpty()) {
        start();
      } else {
        fail(
            FailureReason.TIMED_OUT,
            "step %d, attempt %d was still %s after %s with %d members"
                .formatted(
                    step,
                    id,
                    phase.name().toLowerCase(Locale.ROOT),
                    limits.step(),
                    members.size()));
      }
    }
    if (failure != null) {
      throw failure;
    }
    return result;
  }

  private long deadline() {
    return phase == Phase.GATHERING && !members.isEmpty()
        ? firstJoined + limits.gathering().toNanos()
        : opened + limits.step().toNanos();
  }
}
