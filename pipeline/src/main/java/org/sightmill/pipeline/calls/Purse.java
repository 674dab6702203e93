package org.sightmill.pipeline.calls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.sightmill.pipeline.teacher.spend.Permit;
import org.sightmill.pipeline.teacher.spend.Refusal;
import org.sightmill.pipeline.teacher.spend.Spending;

/**
 * An executor's side of the limits of one role: holds what the driver has leased, grants calls out
 * of it, and tells the driver every second what has become of it. Shared by all tasks of the JVM.
 *
 * <p>Grants nothing when the driver has not been heard of for {@value #CONTACT_SECONDS} s: by then
 * it may have given this executor up.
 */
final class Purse implements Spending {
  private static final long CONTACT_SECONDS = 30;

  /** How many more calls than wait are asked money for: so many calls start without asking. */
  private static final int CALLS_AHEAD = 2;

  private final Asker asker;
  private final LeaseTerms terms;
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private String account = UUID.randomUUID().toString();
  private long settledNanos;
  private long openNanos;
  private long freeNanos;
  private long settledTokens;
  private boolean hasNews;
  private boolean heardOf;
  private long heardAt;
  private Refusal refusal;
  private String why;

  Purse(LeaseTerms terms, Asker asker) {
    this.terms = terms;
    this.asker = asker;
  }

  /**
   * What this purse is for.
   *
   * @param hasCap whether money is leased, or only told of
   * @param hasRates whether every start is asked for
   */
  record LeaseTerms(String run, String role, String executor, boolean hasCap, boolean hasRates) {}

  /** Carries messages to the driver. */
  interface Asker {
    /** Asks the driver and waits for its answer. */
    LeaseAnswer ask(LeaseRequest request);

    /** Has {@link #exchange} called soon, by a thread that may wait. */
    void later(Purse purse, long millis);
  }

  private record Waiter(long tokens, long nanos, CompletableFuture<Permit> permit) {}

  @Override
  public CompletionStage<Permit> reserve(long maximumTokens, double maximumUsd) {
    Waiter waiter = new Waiter(maximumTokens, Money.nanosUp(maximumUsd), new CompletableFuture<>());
    synchronized (this) {
      if (refusal != null && System.nanoTime() - heardAt < TimeUnit.SECONDS.toNanos(1)) {
        return CompletableFuture.completedFuture(new Permit.Refused(refusal, why));
      }
      boolean mayStart = waiters.isEmpty() && !terms.hasRates() && isInContact();
      if (mayStart && hasMoney(waiter)) {
        return CompletableFuture.completedFuture(taken(waiter));
      }
      waiters.add(waiter);
    }
    asker.later(this, 0);
    return waiter.permit();
  }

  private boolean isInContact() {
    return heardOf && System.nanoTime() - heardAt < TimeUnit.SECONDS.toNanos(CONTACT_SECONDS);
  }

  private boolean hasMoney(Waiter waiter) {
    return !terms.hasCap() || freeNanos >= waiter.nanos();
  }

  private Permit taken(Waiter waiter) {
    openNanos += waiter.nanos();
    freeNanos -= terms.hasCap() ? waiter.nanos() : 0;
    hasNews = true;
    return new Grant(account, waiter.tokens(), waiter.nanos());
  }

  /** A second has passed. */
  void tick() {
    boolean due;
    synchronized (this) {
      due = hasNews || openNanos > 0 || freeNanos != 0 || !waiters.isEmpty();
    }
    if (due) {
      asker.later(this, 0);
    }
  }

  /** Tells and asks the driver. One at a time: the books must not move between two messages. */
  void exchange() {
    LeaseRequest request = request();
    LeaseAnswer answer;
    try {
      answer = asker.ask(request);
    } catch (RuntimeException e) {
      // Whether the driver heard is unknown: these books count in full there, others begin here.
      answer = LeaseAnswer.unknown();
    }
    List<Runnable> told = new ArrayList<>();
    long again = apply(answer, told);
    told.forEach(Runnable::run);
    if (again >= 0) {
      asker.later(this, again);
    }
  }

  private synchronized LeaseRequest request() {
    long waiting = waiters.stream().mapToLong(Waiter::nanos).sum();
    long returned = terms.hasCap() ? Math.max(0, freeNanos - kept(waiting)) : 0;
    freeNanos -= returned;
    long need = waiters.isEmpty() || !terms.hasCap() ? 0 : waiters.element().nanos();
    long tokensBack = settledTokens;
    settledTokens = 0;
    hasNews = false;
    return new LeaseRequest(
        terms.run(),
        terms.role(),
        account,
        terms.executor(),
        settledNanos,
        openNanos,
        freeNanos,
        returned,
        Math.max(0, terms.hasCap() ? CALLS_AHEAD * waiting - freeNanos : 0),
        need,
        terms.hasRates() ? waiters.size() : 0,
        waiters.stream().mapToLong(Waiter::tokens).sum(),
        tokensBack);
  }

  /**
   * The free money to keep: what the waiting calls can start with, or, when none waits, as much as
   * is in use. A sum too small for the next call is kept from nobody.
   */
  private long kept(long waiting) {
    if (refusal != null) {
      return 0;
    }
    if (waiters.isEmpty()) {
      return openNanos;
    }
    return freeNanos < waiters.element().nanos() ? 0 : waiting;
  }

  /** Returns when to ask again, in milliseconds; below 0 when nobody waits. */
  private synchronized long apply(LeaseAnswer answer, List<Runnable> told) {
    if (!answer.known()) {
      renew();
      return waiters.isEmpty() ? -1 : 50;
    }
    heardOf = true;
    heardAt = System.nanoTime();
    freeNanos += answer.grantedNanos();
    refusal = answer.refusal();
    if (refusal != null) {
      refuse(answer.refusal(), answer.why(), told);
      return -1;
    }
    int started = startWaiters(answer, told);
    if (waiters.isEmpty()) {
      return -1;
    }
    return started > 0 ? 0 : Math.max(5, answer.waitMillis());
  }

  private void renew() {
    account = UUID.randomUUID().toString();
    settledNanos = 0;
    openNanos = 0;
    freeNanos = 0;
    heardOf = false;
  }

  private void refuse(Refusal because, String sentence, List<Runnable> told) {
    refusal = because;
    why = sentence;
    Permit refused = new Permit.Refused(because, sentence);
    for (Waiter waiter : waiters) {
      told.add(() -> waiter.permit().complete(refused));
    }
    waiters.clear();
  }

  private int startWaiters(LeaseAnswer answer, List<Runnable> told) {
    int mayStart = terms.hasRates() ? answer.requests() : Integer.MAX_VALUE;
    long tokens = answer.tokens();
    int started = 0;
    while (started < mayStart && !waiters.isEmpty() && hasMoney(waiters.element())) {
      Waiter waiter = waiters.remove();
      Permit permit = taken(waiter);
      tokens -= waiter.tokens();
      told.add(() -> waiter.permit().complete(permit));
      started++;
    }
    // What the driver took from the rate and these calls did not, or the other way round.
    settledTokens += terms.hasRates() ? tokens : 0;
    return started;
  }

  private synchronized void settled(Grant grant, long tokens, long nanos) {
    if (!grant.account.equals(account)) {
      return;
    }
    openNanos -= grant.nanos;
    settledNanos += nanos;
    freeNanos += terms.hasCap() ? grant.nanos - nanos : 0;
    settledTokens += Math.max(0, grant.tokens - tokens);
    hasNews = true;
  }

  /** One call's permission. */
  private final class Grant implements Permit.Granted {
    private final String account;
    private final long tokens;
    private final long nanos;
    private boolean ended;

    Grant(String account, long tokens, long nanos) {
      this.account = account;
      this.tokens = tokens;
      this.nanos = nanos;
    }

    @Override
    public void settle(long usedTokens, double usd) {
      end(usedTokens, Money.nanosUp(usd));
    }

    @Override
    public void settleInFull() {
      end(tokens, nanos);
    }

    private void end(long usedTokens, long spentNanos) {
      synchronized (Purse.this) {
        if (ended) {
          return;
        }
        ended = true;
      }
      settled(this, usedTokens, spentNanos);
    }
  }
}
