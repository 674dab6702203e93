package org.sightmill.pipeline.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.teacher.spend.Permit;
import org.sightmill.pipeline.teacher.spend.Rates;
import org.sightmill.pipeline.teacher.spend.Refusal;

/** Driver and executors' sides together, joined by their messages alone. */
final class SpendingTest {
  private static final String ROLE = "reasoner";
  private static final double CALL_USD = 0.01;
  private static final double BUDGET_USD = 10;
  private static final int MOST_CALLS = 1_000;

  @TempDir Path folder;

  private Treasury treasury(double budgetUsd, Rates rates) {
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(folder.resolve("spending").toString());
    SpendingJournal journal = SpendingJournal.open(path, new Configuration());
    Treasury treasury = new Treasury("run", journal, Money.UNCAPPED, System::nanoTime);
    treasury.limit(ROLE, new RoleLimits(Money.cap(budgetUsd), rates));
    return treasury;
  }

  /** An executor: some tasks that call until they are refused or it is killed. */
  private static final class Executor {
    private final String id;
    private final Purses purses;
    private final AtomicBoolean killed = new AtomicBoolean();
    private final List<Thread> tasks = new ArrayList<>();

    Executor(String id, UnaryOperator<String> driver, AtomicInteger serverLedger, long seed) {
      this.id = id;
      this.purses = new Purses(id, driver);
      for (int task = 0; task < 4; task++) {
        Random random = new Random(seed * 31 + task);
        Thread thread = new Thread(() -> callOn(serverLedger, random));
        tasks.add(thread);
        thread.start();
      }
    }

    private void callOn(AtomicInteger serverLedger, Random random) {
      Purse purse = purses.of("run", ROLE, true, false);
      while (!killed.get()) {
        Permit permit = await(purse.reserve(100, CALL_USD), killed);
        if (!(permit instanceof Permit.Granted granted)) {
          return;
        }
        serverLedger.incrementAndGet();
        pause(random.nextInt(3));
        if (!killed.get()) {
          end(granted, random);
        }
      }
    }

    private static void end(Permit.Granted granted, Random random) {
      if (random.nextInt(10) == 0) {
        granted.settleInFull();
      } else {
        granted.settle(80, CALL_USD);
      }
    }

    /** Nothing of it is heard of any more, its calls in flight have reached the server. */
    void kill(Treasury treasury) {
      killed.set(true);
      treasury.executorGone(id);
    }

    void join() throws InterruptedException {
      for (Thread task : tasks) {
        task.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(task.isAlive()).isFalse();
      }
      if (!killed.get()) {
        purses.close();
      }
    }
  }

  private static Permit await(
      java.util.concurrent.CompletionStage<Permit> reserving, AtomicBoolean killed) {
    CompletableFuture<Permit> permit = reserving.toCompletableFuture();
    while (!killed.get()) {
      try {
        return permit.get(20, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Look whether we still live.
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return null;
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void fourExecutorsThatComeAndGoNeverSpendMoreThanTheBudget() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      Path fresh = Files.createDirectories(folder.resolve("seed-" + seed));
      int calls = callsOfOneRun(new Random(seed), fresh);
      assertThat(calls).isLessThanOrEqualTo(MOST_CALLS).isGreaterThan(MOST_CALLS / 2);
    }
  }

  /** Kills executors, and the driver once; then lets the rest spend what is left. */
  private int callsOfOneRun(Random random, Path journal) throws Exception {
    AtomicInteger serverLedger = new AtomicInteger();
    List<Executor> all = new ArrayList<>();
    List<Executor> alive = new ArrayList<>();
    Treasury[] treasury = {in(journal)};
    Set<String> dead = new HashSet<>();
    UnaryOperator<String> driver =
        message -> {
          LeaseRequest request = LeaseRequest.fromJson(message);
          synchronized (treasury) {
            if (dead.contains(request.executor())) {
              // A real one is silent; this one's threads live on, and would hold leases for ever.
              throw new IllegalStateException(request.executor() + " was killed");
            }
            return treasury[0].lease(request).toJson();
          }
        };
    for (int i = 0; i < 12; i++) {
      Executor executor = new Executor("e" + i, driver, serverLedger, random.nextLong());
      all.add(executor);
      alive.add(executor);
      pause(10 + random.nextInt(20));
      if (alive.size() > 4) {
        synchronized (treasury) {
          Executor victim = alive.remove(random.nextInt(alive.size()));
          dead.add(victim.id);
          victim.kill(treasury[0]);
        }
      }
      if (i == 6) {
        synchronized (treasury) {
          treasury[0] = in(journal);
        }
      }
    }
    for (Executor executor : all) {
      executor.join();
    }
    assertThat(treasury[0].committedNanos(ROLE)).isLessThanOrEqualTo(Money.cap(BUDGET_USD));
    return serverLedger.get();
  }

  private static Treasury in(Path folder) {
    SpendingJournal journal =
        SpendingJournal.open(new org.apache.hadoop.fs.Path(folder.toString()), new Configuration());
    Treasury treasury = new Treasury("run", journal, Money.UNCAPPED, System::nanoTime);
    treasury.limit(ROLE, new RoleLimits(Money.cap(BUDGET_USD), Rates.DEFAULT));
    return treasury;
  }

  @Test
  void aBudgetIsSpentToItsLastCallWhenNobodyDies() throws Exception {
    Treasury treasury = treasury(BUDGET_USD, Rates.DEFAULT);
    AtomicInteger serverLedger = new AtomicInteger();
    List<Executor> executors = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      executors.add(new Executor("e" + i, driver(treasury), serverLedger, i));
    }
    for (Executor executor : executors) {
      executor.join();
    }
    assertThat(serverLedger).hasValue(MOST_CALLS);
    assertThat(treasury.committedNanos(ROLE)).isEqualTo(Money.cap(BUDGET_USD));
  }

  private static UnaryOperator<String> driver(Treasury treasury) {
    return message -> treasury.lease(LeaseRequest.fromJson(message)).toJson();
  }

  @Test
  void whatACallDidNotUseIsThereForOthers() throws Exception {
    Treasury treasury = treasury(1, Rates.DEFAULT);
    try (Purses purses = new Purses("e", driver(treasury))) {
      Purse purse = purses.of("run", ROLE, true, false);
      for (int i = 0; i < 30; i++) {
        Permit permit = purse.reserve(10, 0.5).toCompletableFuture().get(10, TimeUnit.SECONDS);
        ((Permit.Granted) permit).settle(10, 0.01);
      }
      List<CompletableFuture<Permit>> together = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        together.add(purse.reserve(10, 0.4).toCompletableFuture());
      }
      Permit.Granted first = (Permit.Granted) together.get(0).get(10, TimeUnit.SECONDS);
      assertThat(together.get(1)).isNotDone();
      first.settle(10, 0);
      Permit.Granted second = (Permit.Granted) together.get(1).get(10, TimeUnit.SECONDS);
      second.settleInFull();
      assertThat(purse.reserve(10, 0.4).toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isEqualTo(
              new Permit.Refused(
                  Refusal.CAP_REACHED,
                  "teachers.reasoner.budget_usd of 1.000000 USD is reached: 0.700000 USD are spent, and a call of the reasoner can cost 0.400000 USD"));
    }
  }

  @Test
  void aDeadRunsUnsettledMoneyCountsAsSpent() throws Exception {
    Treasury first = treasury(1, Rates.DEFAULT);
    Purses killed = new Purses("e", driver(first));
    Permit open =
        killed
            .of("run", ROLE, true, false)
            .reserve(10, 0.25)
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    assertThat(open).isInstanceOf(Permit.Granted.class);
    long held = first.committedNanos(ROLE);
    Path journal;
    try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("spending"))) {
      journal = files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
    Files.writeString(journal, "{\"role\":\"reasoner\",\"acc", StandardOpenOption.APPEND);

    Treasury second = treasury(1, Rates.DEFAULT);
    assertThat(held).isGreaterThanOrEqualTo(Money.nanosUp(0.25));
    assertThat(second.committedNanos(ROLE)).isEqualTo(held);
    killed.close();
  }

  @Test
  void aRunThatStopsRefusesCallsAndSaysWhy() throws Exception {
    Treasury treasury = treasury(1, Rates.DEFAULT);
    try (Purses purses = new Purses("e", driver(treasury))) {
      Purse purse = purses.of("run", ROLE, true, false);
      treasury.refuse(Refusal.STOPPING, "asked to stop");
      assertThat(purse.reserve(1, 0.1).toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isEqualTo(new Permit.Refused(Refusal.STOPPING, "asked to stop"));
    }
  }

  @Test
  void withoutACapWhatIsSpentIsToldAndJournaled() throws Exception {
    Treasury treasury = new Treasury("run", journal(), Money.UNCAPPED, System::nanoTime);
    treasury.limit(ROLE, new RoleLimits(Money.UNCAPPED, Rates.DEFAULT));
    try (Purses purses = new Purses("e", driver(treasury))) {
      Purse purse = purses.of("run", ROLE, false, false);
      for (int i = 0; i < 10; i++) {
        Permit permit = purse.reserve(1, 5).toCompletableFuture().get(10, TimeUnit.SECONDS);
        ((Permit.Granted) permit).settle(1, 2);
      }
    }
    assertThat(treasury.settledNanos(ROLE)).isEqualTo(Money.nanosUp(20));
    assertThat(journal().earlierNanos()).containsEntry(ROLE, Money.nanosUp(20));
  }

  private SpendingJournal journal() {
    return SpendingJournal.open(
        new org.apache.hadoop.fs.Path(folder.resolve("spending").toString()), new Configuration());
  }

  @Test
  void theCapOfTheRunHoldsOverAllRoles() throws Exception {
    Treasury treasury = new Treasury("run", journal(), Money.cap(1.0), System::nanoTime);
    treasury.limit(ROLE, new RoleLimits(Money.UNCAPPED, Rates.DEFAULT));
    treasury.limit("judge", new RoleLimits(Money.UNCAPPED, Rates.DEFAULT));
    try (Purses purses = new Purses("e", driver(treasury))) {
      Permit first =
          purses
              .of("run", ROLE, true, false)
              .reserve(1, 0.6)
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      ((Permit.Granted) first).settleInFull();
      Permit second =
          purses
              .of("run", "judge", true, false)
              .reserve(1, 0.6)
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      assertThat(second).isInstanceOf(Permit.Refused.class);
      assertThat(((Permit.Refused) second).why())
          .startsWith("calls.budget_usd of 1.000000 USD is reached");
    }
  }

  @Test
  void aRateIsSharedByAllExecutors() throws Exception {
    Treasury treasury = treasury(BUDGET_USD, new Rates(100, 0));
    long start = System.nanoTime();
    try (Purses one = new Purses("1", driver(treasury));
        Purses two = new Purses("2", driver(treasury))) {
      List<CompletableFuture<Permit>> permits = new ArrayList<>();
      for (int i = 0; i < 75; i++) {
        permits.add(one.of("run", ROLE, true, true).reserve(1, 0).toCompletableFuture());
        permits.add(two.of("run", ROLE, true, true).reserve(1, 0).toCompletableFuture());
      }
      for (CompletableFuture<Permit> permit : permits) {
        assertThat(permit.get(30, TimeUnit.SECONDS)).isInstanceOf(Permit.Granted.class);
      }
    }
    // 150 starts: 100 that the bucket holds at first, and 50 at 100 a second.
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThan(450);
  }

  @Test
  void tokensReservedAndNotUsedGoBackToTheRate() {
    long[] now = {0};
    RateBucket bucket = new RateBucket(1_000, () -> now[0]);
    assertThat(bucket.take(800)).isTrue();
    assertThat(bucket.take(800)).isFalse();
    assertThat(bucket.waitMillis(800)).isEqualTo(600);
    bucket.giveBack(700);
    assertThat(bucket.take(800)).isTrue();
    now[0] = TimeUnit.SECONDS.toNanos(1);
    assertThat(bucket.take(5_000)).as("more than a second holds, once it is full").isTrue();
    assertThat(bucket.waitMillis(1)).isEqualTo(4_001);
  }

  @Test
  void silentAccountsAreClosedInFull() throws Exception {
    long[] now = {0};
    Treasury treasury = new Treasury("run", journal(), Money.UNCAPPED, () -> now[0]);
    treasury.limit(ROLE, new RoleLimits(Money.cap(1.0), Rates.DEFAULT));
    Purses silent = new Purses("e", driver(treasury));
    silent
        .of("run", ROLE, true, false)
        .reserve(1, 0.5)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    now[0] = TimeUnit.MILLISECONDS.toNanos(Treasury.SILENCE_MILLIS + 1);
    assertThat(treasury.expire()).hasSize(1);
    assertThat(treasury.settledNanos(ROLE)).isGreaterThanOrEqualTo(Money.nanosUp(0.5));
    silent.close();
  }
}
