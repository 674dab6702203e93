package org.sightmill.pipeline.calls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What the driver knows of one role's money: who holds how much. Guarded by the treasury. */
final class RoleBooks {
  private final RoleLimits limits;
  private final RateBucket requests;
  private final RateBucket tokens;

  /** Spent by earlier drivers of this run, and by accounts that are closed. */
  private long closedNanos;

  private final Map<String, Account> open = new HashMap<>();

  RoleBooks(RoleLimits limits, long earlierNanos, LongSupplier nanoClock) {
    this.limits = limits;
    this.requests = new RateBucket(limits.rates().requestsPerSecond(), nanoClock);
    this.tokens = new RateBucket(limits.rates().tokensPerSecond(), nanoClock);
    this.closedNanos = earlierNanos;
  }

  /** One executor's. */
  static final class Account {
    private final String executor;
    private long grantedNanos;
    private long settledNanos;
    private long heardAt;

    Account(String executor) {
      this.executor = executor;
    }

    long grantedNanos() {
      return grantedNanos;
    }
  }

  RateBucket requests() {
    return requests;
  }

  RateBucket tokens() {
    return tokens;
  }

  Account accountOrNull(String name) {
    return open.get(name);
  }

  Account openAccount(String name, String executor) {
    Account account = new Account(executor);
    open.put(name, account);
    return account;
  }

  void heard(Account account, long settledNanos, long now) {
    account.settledNanos = settledNanos;
    account.heardAt = now;
  }

  /** Money comes, or, below 0, goes back. */
  void change(Account account, long nanos) {
    account.grantedNanos += nanos;
  }

  /** What the account has been granted and not given back. */
  void hold(Account account, long nanos) {
    account.grantedNanos = nanos;
  }

  /** Everything granted counts: what is not spent yet may be. */
  long committedNanos() {
    return closedNanos + open.values().stream().mapToLong(a -> a.grantedNanos).sum();
  }

  /** What has been spent for certain: no less than this, whatever open calls will cost. */
  long settledNanos() {
    return closedNanos + open.values().stream().mapToLong(a -> a.settledNanos).sum();
  }

  long roomNanos() {
    return limits.capNanos() - committedNanos();
  }

  /** Whether money for this could come free when open calls cost less than they reserved. */
  boolean couldHaveRoomFor(long nanos) {
    return settledNanos() + nanos <= limits.capNanos();
  }

  RoleLimits limits() {
    return limits;
  }

  int openAccounts() {
    return open.size();
  }

  /** Closes accounts in full; returns their names. */
  List<String> closeOf(String executor) {
    return close(open.entrySet().stream().filter(e -> e.getValue().executor.equals(executor)));
  }

  /** Likewise those that have said nothing since {@code before} and hold something. */
  List<String> closeSilentSince(long before) {
    return close(open.entrySet().stream().filter(e -> e.getValue().heardAt - before < 0));
  }

  private List<String> close(java.util.stream.Stream<Map.Entry<String, Account>> accounts) {
    List<String> names = new ArrayList<>(accounts.map(Map.Entry::getKey).toList());
    for (String name : names) {
      closedNanos += open.remove(name).grantedNanos;
    }
    return names;
  }
}
