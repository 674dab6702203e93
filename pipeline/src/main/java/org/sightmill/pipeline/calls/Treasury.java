package org.sightmill.pipeline.calls;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.sightmill.pipeline.teacher.spend.Rates;
import org.sightmill.pipeline.teacher.spend.Refusal;

/**
 * The driver's side of the limits of one run: leases money and rates to executors in batches.
 * Thread-safe.
 *
 * <p>The rule that keeps the cap: all that was ever granted and not given back, to executors alive
 * or dead, in this driver's life or an earlier one, is never more than the cap; and every grant is
 * in the journal before the executor hears of it. Where there is no cap nothing is granted, and
 * executors tell what they have spent and have open.
 */
final class Treasury {
  /** Silence after which an account is closed in full. Executors tell every second. */
  static final long SILENCE_MILLIS = 60_000;

  /** How soon an executor asks again when money may come free. */
  private static final long RETRY_MILLIS = 100;

  /** Of roles that an earlier driver called, until this one does. */
  private static final RoleLimits NO_LIMITS = new RoleLimits(Money.UNCAPPED, Rates.DEFAULT);

  private final String run;
  private final SpendingJournal journal;
  private final long runCapNanos;
  private final LongSupplier nanoClock;
  private final Map<String, RoleBooks> roles = new TreeMap<>();
  private Refusal refusal;
  private String why;

  /**
   * @param run the run's folder
   * @param runCapNanos over all roles
   */
  Treasury(String run, SpendingJournal journal, long runCapNanos, LongSupplier nanoClock) {
    this.run = run;
    this.journal = journal;
    this.runCapNanos = runCapNanos;
    this.nanoClock = nanoClock;
    journal.earlierNanos().forEach((role, nanos) -> add(role, nanos, NO_LIMITS));
  }

  private void add(String role, long earlierNanos, RoleLimits limits) {
    roles.put(role, new RoleBooks(limits, earlierNanos, nanoClock));
  }

  boolean isFor(String itsRun, long itsCapNanos) {
    return run.equals(itsRun) && runCapNanos == itsCapNanos;
  }

  /**
   * A step is about to call a role under these limits; a cap that was reached is looked at anew.
   */
  synchronized void limit(String role, RoleLimits limits) {
    RoleBooks before = roles.get(role);
    if (before == null || !before.limits().equals(limits)) {
      add(role, before == null ? 0 : before.committedNanos(), limits);
    }
    if (refusal == Refusal.CAP_REACHED) {
      refusal = null;
    }
  }

  /** No further call starts. The first reason stays. */
  synchronized void refuse(Refusal because, String sentence) {
    if (refusal == null) {
      refusal = because;
      why = sentence;
    }
  }

  /** Calls may start again. */
  synchronized void resume() {
    refusal = null;
    why = null;
  }

  synchronized LeaseAnswer lease(LeaseRequest request) {
    RoleBooks books = roles.get(request.role());
    if (books == null || !request.run().equals(run)) {
      return LeaseAnswer.unknown();
    }
    RoleBooks.Account account = account(books, request);
    if (account == null) {
      return LeaseAnswer.unknown();
    }
    books.heard(account, request.settledNanos(), nanoClock.getAsLong());
    books.tokens().giveBack(request.settledTokens());
    return answer(books, account, request);
  }

  /** The account; null when it is closed: its books go on from where they were, ours do not. */
  private static RoleBooks.Account account(RoleBooks books, LeaseRequest request) {
    RoleBooks.Account account = books.accountOrNull(request.account());
    boolean isNew =
        request.settledNanos() == 0 && request.openNanos() == 0 && request.freeNanos() == 0;
    return account == null && isNew
        ? books.openAccount(request.account(), request.executor())
        : account;
  }

  private LeaseAnswer answer(RoleBooks books, RoleBooks.Account account, LeaseRequest request) {
    books.change(account, -request.returnedNanos());
    boolean isCapped = isCapped(books);
    long granted = refusal == null && isCapped ? granted(books, request) : 0;
    long held = request.settledNanos() + request.openNanos() + request.freeNanos() + granted;
    if (held != account.grantedNanos() || request.returnedNanos() > 0) {
      journal.held(request.role(), request.account(), held);
      books.hold(account, held);
    }
    if (refusal != null) {
      return new LeaseAnswer(true, 0, 0, 0, 0, refusal, why);
    }
    if (isCapped && request.freeNanos() + granted < request.needNanos()) {
      return withoutRoom(books, request, granted);
    }
    return rated(books, request, granted);
  }

  private boolean isCapped(RoleBooks books) {
    return books.limits().capNanos() != Money.UNCAPPED || runCapNanos != Money.UNCAPPED;
  }

  /** What is needed if there is room, and of what is wanted beyond it no more than a fair part. */
  private long granted(RoleBooks books, LeaseRequest request) {
    long room = Math.max(0, Math.min(books.roomNanos(), runRoomNanos()));
    long needed = Math.max(0, request.needNanos() - request.freeNanos());
    if (needed > room) {
      return 0;
    }
    long spare = (room - needed) / (4L * Math.max(1, books.openAccounts()));
    return Math.min(Math.max(needed, request.wantedNanos()), needed + spare);
  }

  private long runRoomNanos() {
    return runCapNanos - roles.values().stream().mapToLong(RoleBooks::committedNanos).sum();
  }

  private LeaseAnswer withoutRoom(RoleBooks books, LeaseRequest request, long granted) {
    boolean runCould =
        roles.values().stream().mapToLong(RoleBooks::settledNanos).sum() + request.needNanos()
            <= runCapNanos;
    if (books.couldHaveRoomFor(request.needNanos()) && runCould) {
      return new LeaseAnswer(true, granted, 0, 0, RETRY_MILLIS, null, null);
    }
    refuse(Refusal.CAP_REACHED, capSentence(request, books));
    return new LeaseAnswer(true, granted, 0, 0, 0, refusal, why);
  }

  private String capSentence(LeaseRequest request, RoleBooks books) {
    boolean ofRole = !books.couldHaveRoomFor(request.needNanos());
    return "%s of %.6f USD is reached: %.6f USD are spent, and a call of the %s can cost %.6f USD"
        .formatted(
            ofRole ? "teachers." + request.role() + ".budget_usd" : "calls.budget_usd",
            Money.usd(ofRole ? books.limits().capNanos() : runCapNanos),
            Money.usd(
                ofRole
                    ? books.settledNanos()
                    : roles.values().stream().mapToLong(RoleBooks::settledNanos).sum()),
            request.role(),
            Money.usd(request.needNanos()));
  }

  private static LeaseAnswer rated(RoleBooks books, LeaseRequest request, long granted) {
    if (request.requests() == 0) {
      return new LeaseAnswer(true, granted, 0, 0, 0, null, null);
    }
    int requests = (int) books.requests().takeUpTo(request.requests());
    long tokens = request.tokens() * requests / request.requests();
    if (requests > 0 && books.tokens().take(tokens)) {
      return new LeaseAnswer(true, granted, requests, tokens, 0, null, null);
    }
    books.requests().giveBack(requests);
    long wait =
        Math.max(books.requests().waitMillis(1), books.tokens().waitMillis(Math.max(1, tokens)));
    return new LeaseAnswer(true, granted, 0, 0, wait, null, null);
  }

  /** An executor is gone: what its accounts hold counts as spent. */
  synchronized List<String> executorGone(String executor) {
    return roles.values().stream().flatMap(books -> books.closeOf(executor).stream()).toList();
  }

  /** Closes what has been silent for too long. */
  synchronized List<String> expire() {
    long before = nanoClock.getAsLong() - TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS);
    return roles.values().stream()
        .flatMap(books -> books.closeSilentSince(before).stream())
        .toList();
  }

  /** What the run has spent on a role, as far as executors have told. */
  synchronized long settledNanos(String role) {
    RoleBooks books = roles.get(role);
    return books == null ? 0 : books.settledNanos();
  }

  /** What may have been spent on a role: everything granted and not given back. */
  synchronized long committedNanos(String role) {
    RoleBooks books = roles.get(role);
    return books == null ? 0 : books.committedNanos();
  }

  void close() {
    journal.close();
  }
}
