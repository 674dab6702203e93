package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Where connections of other members wait until this one takes part in the same attempt. Attempts
 * only grow: those of an older one are refused.
 */
final class Lobby {
  private final Map<Seat, Channel> waiting = new HashMap<>();
  private long current;

  private record Seat(long attempt, int rank) {}

  void enter(long attempt, int rank, Channel channel) throws IOException {
    if (isStale(attempt)) {
      channel.send(
          new Message.Refused(
              FailureReason.STALE,
              "attempt %d is over, the current one is %d".formatted(attempt, current())));
      channel.close();
      return;
    }
    channel.send(new Message.Welcome());
    synchronized (this) {
      waiting.put(new Seat(attempt, rank), channel);
      notifyAll();
    }
  }

  private synchronized boolean isStale(long attempt) {
    return attempt < current;
  }

  private synchronized long current() {
    return current;
  }

  /** Begins an attempt: who waits for an older one waits in vain. */
  synchronized void begin(long attempt) {
    current = Math.max(current, attempt);
    Iterator<Map.Entry<Seat, Channel>> entries = waiting.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Seat, Channel> entry = entries.next();
      if (entry.getKey().attempt() < current) {
        entry.getValue().close();
        entries.remove();
      }
    }
  }

  /** The connection of a member, once it has come. */
  synchronized Channel take(long attempt, int rank, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Channel channel;
    while ((channel = waiting.remove(new Seat(attempt, rank))) == null) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new IOException(
            "rank %d did not come to attempt %d within %s".formatted(rank, attempt, limit));
      }
      wait(1 + left / 1_000_000);
    }
    return channel;
  }

  synchronized void close() {
    waiting.values().forEach(Channel::close);
    waiting.clear();
  }
}
