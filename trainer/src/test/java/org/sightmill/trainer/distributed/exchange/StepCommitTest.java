package org.sightmill.trainer.distributed.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.distributed.exchange.Participation.Ending;

/** Steps of in-JVM workers over real sockets. */
final class StepCommitTest {
  private static final TimeLimits LIMITS =
      new TimeLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(30));
  private static final int SHARDS = 6;

  private final List<Worker> workers = new ArrayList<>();
  private Coordinator coordinator;

  @BeforeEach
  void open() throws IOException {
    coordinator = new Coordinator(Worker.HOST, Worker.HOST, "secret", LIMITS);
  }

  @AfterEach
  void close() {
    workers.forEach(Worker::close);
    coordinator.close();
  }

  private Worker add(FakeReplica replica) throws IOException, InterruptedException {
    Worker worker = new Worker("executor-" + workers.size(), replica, coordinator.meeting());
    workers.add(worker);
    return worker;
  }

  private StepResult step(long step, List<Worker> who)
      throws AttemptFailedException, InterruptedException {
    Attempt attempt = coordinator.open(step, who.size(), SHARDS);
    who.forEach(worker -> ignored(worker.take(step)));
    return attempt.await();
  }

  private static void ignored(CompletableFuture<?> future) {
    assertThat(future).isNotNull();
  }

  /** What one undisturbed worker has after so many steps. */
  private static String expectedHash(int steps) {
    FakeReplica alone = new FakeReplica();
    for (int step = 0; step < steps; step++) {
      ShardTree.Node root = new ShardTree(SHARDS).root();
      alone.compute(root, () -> {});
      for (int bucket = 0; bucket < alone.buckets().size(); bucket++) {
        float[] sum = new float[alone.buckets().get(bucket)];
        alone.readGradients(root, bucket, sum);
        alone.writeSum(bucket, sum);
      }
      alone.applySum();
    }
    return alone.hash();
  }

  @Test
  void anyNumberOfWorkersTakesTheSameSteps() throws Exception {
    for (int members = 1; members <= 4; members++) {
      coordinator.close();
      open();
      workers.clear();
      for (int i = 0; i < members; i++) {
        add(new FakeReplica());
      }
      for (int step = 0; step < 5; step++) {
        StepResult result = step(step, List.copyOf(workers));
        assertThat(result.hash()).isEqualTo(expectedHash(step + 1));
        assertThat(result.summary()).isEqualTo("version " + (step + 1));
        assertThat(
                result.reports().stream().mapToInt(r -> r.node().until() - r.node().from()).sum())
            .isEqualTo(SHARDS);
        assertThat(result.executors()).hasSize(members);
      }
      workers.forEach(Worker::close);
    }
  }

  @Test
  void aMemberThatDiesBeforeCommitEndsTheAttemptForAllWithOneReason() throws Exception {
    Worker first = add(new FakeReplica());
    Worker second = add(new FakeReplica());
    second.replica().beforeShard(second::kill);
    Attempt attempt = coordinator.open(0, 2, SHARDS);
    CompletableFuture<Participation> survivor = first.take(0);
    ignored(second.take(0));
    long began = System.nanoTime();
    assertThatThrownBy(attempt::await)
        .isInstanceOfSatisfying(
            AttemptFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.MEMBER_LOST))
        .hasMessageContaining("executor-1");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMITS.step());
    Participation ended = survivor.get(10, TimeUnit.SECONDS);
    assertThat(ended.ending()).isEqualTo(Ending.ABORTED);
    assertThat(ended.detail()).startsWith("MEMBER_LOST").contains("executor-1");
    assertThat(first.replica().version()).isZero();
    assertThat(first.replica().hash()).isEqualTo(new FakeReplica().hash());
  }

  @Test
  void aMemberThatHangsIsGivenUp() throws Exception {
    Worker first = add(new FakeReplica());
    try (Channel silent =
        Channel.open(Worker.HOST, coordinator.meeting().port(), LIMITS.connect())) {
      Attempt attempt = coordinator.open(0, 2, SHARDS);
      Peer peer = new Peer("executor-9", Worker.HOST, 1, 0);
      silent.send(new Message.Join("secret", 0, peer, new FakeReplica().hash()));
      ignored(first.take(0));
      assertThatThrownBy(attempt::await)
          .isInstanceOfSatisfying(
              AttemptFailedException.class, e -> assertThat(e.reason().isRedoable()).isTrue())
          .hasMessageContaining("executor-9");
    }
    assertThat(first.replica().version()).isZero();
  }

  @Test
  void aReplacementTakesWeightsAndMomentsFromAPeer() throws Exception {
    Worker first = add(new FakeReplica());
    Worker second = add(new FakeReplica());
    step(0, workers);
    step(1, workers);
    second.kill();
    Worker replacement = add(new FakeReplica());
    StepResult result = step(2, List.of(first, replacement));
    assertThat(result.executors()).containsExactly("executor-0", "executor-2");
    assertThat(result.hash()).isEqualTo(expectedHash(3));
    assertThat(replacement.replica().hash()).isEqualTo(expectedHash(3));
  }

  @Test
  void aRunGoesOnFromACheckpointWhenEveryWorkerIsGone(@TempDir Path folder) throws Exception {
    Worker first = add(new FakeReplica());
    step(0, workers);
    new StateSource(coordinator.meeting()).save(1, folder);
    step(1, workers);
    first.kill();
    coordinator.offer(1, folder);
    Worker second = add(new FakeReplica());
    assertThat(step(1, List.of(second)).hash()).isEqualTo(expectedHash(2));
  }

  @Test
  void aRunGoesOnFromTheBaseModelWhenThereIsNoCheckpoint() throws Exception {
    Worker first = add(new FakeReplica());
    step(0, workers);
    coordinator.restart();
    assertThat(step(0, List.of(first)).hash()).isEqualTo(expectedHash(1));
  }

  @Test
  void aVersionThatNobodyHasIsNamedWithAllThatWasTried() throws Exception {
    Worker first = add(new FakeReplica());
    step(0, workers);
    first.kill();
    StateSource source = new StateSource(coordinator.meeting());
    assertThatThrownBy(() -> source.restore(new FakeReplica(), 1))
        .isInstanceOf(IOException.class)
        .hasMessage("nobody has version 1")
        .satisfies(
            e ->
                assertThat(e.getSuppressed()[0])
                    .hasMessageStartingWith("executor executor-0 at 127.0.0.1:"));
    assertThatThrownBy(() -> source.restore(new FakeReplica(), 7))
        .hasMessage("nobody has version 7");
  }

  @Test
  void fewerMembersThanExpectedTakeTheStepAfterAWhile() throws Exception {
    Worker only = add(new FakeReplica());
    Attempt attempt = coordinator.open(0, 3, SHARDS);
    ignored(only.take(0));
    assertThat(attempt.await().hash()).isEqualTo(expectedHash(1));
  }

  @Test
  void aSecondTaskOfOneProcessIsNotNeeded() throws Exception {
    Worker worker = add(new FakeReplica());
    Worker twin = new Worker("executor-0", new FakeReplica(), coordinator.meeting());
    workers.add(twin);
    Attempt attempt = coordinator.open(0, 2, SHARDS);
    CompletableFuture<Participation> one = worker.take(0);
    CompletableFuture<Participation> other = twin.take(0);
    attempt.await();
    assertThat(List.of(one.get(10, TimeUnit.SECONDS), other.get(10, TimeUnit.SECONDS)))
        .extracting(Participation::ending)
        .containsExactlyInAnyOrder(Ending.COMMITTED, Ending.IDLE);
  }

  @Test
  void unequalWeightsStopTheRunNamingExecutorsAndVersion() throws Exception {
    add(new FakeReplica());
    add(new FakeReplica().faulty());
    assertThatThrownBy(() -> step(0, workers))
        .isInstanceOfSatisfying(
            AttemptFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.MISMATCH))
        .hasMessageMatching(
            "weights of version 1 differ between executors:"
                + " executor-0 has [0-9a-f]{8}, executor-1 has [0-9a-f]{8}");
  }

  @Test
  void aMemberWithOtherWeightsThanAgreedStopsTheRun() throws Exception {
    Worker first = add(new FakeReplica());
    step(0, List.of(first));
    Worker second = add(new FakeReplica().pretending(1));
    Attempt attempt = coordinator.open(1, 2, SHARDS);
    ignored(second.take(1));
    assertThatThrownBy(attempt::await).hasMessageStartingWith("weights of version 1 differ");
  }

  @Test
  void framesOfAnOlderAttemptAreRefused() throws Exception {
    Worker worker = add(new FakeReplica());
    step(0, workers);
    step(1, workers);
    try (Channel late = Channel.open(Worker.HOST, worker.server().port(), LIMITS.connect())) {
      late.send(new Message.Meet("secret", 1, 1));
      assertThat(late.receive(LIMITS.connect()))
          .isEqualTo(
              new Message.Refused(FailureReason.STALE, "attempt 1 is over, the current one is 2"));
    }
  }

  @Test
  void whoComesAfterAllWereLostTakesTheCheckpointThatIsKept(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 2; i++) {
      add(new FakeReplica());
    }
    step(0, workers);
    step(1, workers);
    new StateSource(coordinator.meeting()).save(2, folder);
    coordinator.keep(2, folder);
    assertThat(coordinator.holders(2)).as("they still have it").hasSize(2);
    for (Worker worker : workers) {
      worker.kill();
      coordinator.forget(worker.name(), 0);
    }
    Worker next = add(new FakeReplica());
    assertThat(step(2, List.of(next)).hash()).isEqualTo(expectedHash(3));
  }

  @Test
  void whoDoesNotKnowTheTokenIsRefused() throws Exception {
    Worker worker = add(new FakeReplica());
    for (int port : new int[] {worker.server().port(), coordinator.meeting().port()}) {
      try (Channel stranger = Channel.open(Worker.HOST, port, LIMITS.connect())) {
        stranger.send(new Message.Fetch("guessed", Message.Content.STATE, 0));
        assertThat(stranger.receive(LIMITS.connect()))
            .isEqualTo(
                new Message.Refused(FailureReason.MEMBER_FAILED, "unknown token or request"));
      }
    }
  }

  @Test
  void aFailedComputationNamesTheMemberAndTheCause() throws Exception {
    add(new FakeReplica());
    add(
        new FakeReplica()
            .beforeShard(
                () -> {
                  throw new IllegalStateException("out of paper");
                }));
    assertThatThrownBy(() -> step(0, workers))
        .isInstanceOfSatisfying(
            AttemptFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.MEMBER_FAILED))
        .hasMessage("executor-1: java.lang.IllegalStateException: out of paper");
  }

  /** Workers die at random moments, each replaced by a new one; the weights never show it. */
  @Test
  void randomKillsLeaveNoTrace() throws Exception {
    Random random = new Random(11);
    AtomicInteger kills = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      add(new FakeReplica());
    }
    List<Worker> alive = new ArrayList<>(workers);
    for (int step = 0; step < 25; step++) {
      if (random.nextInt(2) == 0) {
        condemn(alive.get(random.nextInt(alive.size())), random, kills);
      }
      String hash = until(step, alive);
      assertThat(hash)
          .as("after step %d and %s kills", step, kills)
          .isEqualTo(expectedHash(step + 1));
    }
    assertThat(kills.get()).isGreaterThan(5);
  }

  private static void condemn(Worker worker, Random random, AtomicInteger kills) {
    int shardsToLive = random.nextInt(3);
    AtomicInteger begun = new AtomicInteger();
    worker
        .replica()
        .beforeShard(
            () -> {
              if (begun.getAndIncrement() == shardsToLive) {
                kills.incrementAndGet();
                worker.kill();
              }
            });
  }

  private String until(int step, List<Worker> alive) throws Exception {
    for (int tries = 0; tries < 5; tries++) {
      alive.removeIf(Worker::isDead);
      while (alive.size() < 3) {
        alive.add(add(new FakeReplica()));
      }
      try {
        return step(step, alive).hash();
      } catch (AttemptFailedException e) {
        assertThat(e.reason().isRedoable()).as(e.getMessage()).isTrue();
      }
    }
    return fail("step %d was not taken in five attempts".formatted(step));
  }
}
