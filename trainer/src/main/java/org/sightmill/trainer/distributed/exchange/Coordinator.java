package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The driver's side of a run: workers meet here for every step, and learn here who has weights that
 * they lack. Gradients never pass through it, weights only from a checkpoint.
 */
public final class Coordinator implements AutoCloseable {
  private final String host;
  private final String token;
  private final TimeLimits limits;
  private final Listener listener;
  private final Roster roster = new Roster();
  private volatile Attempt current;
  private volatile Checkpoint checkpoint;
  private long attempts;

  /**
   * Opens a free port.
   *
   * @param bind address to listen at
   * @param host address that workers reach it under
   * @param token shared secret of the run
   */
  public Coordinator(String bind, String host, String token, TimeLimits limits) throws IOException {
    this.host = host;
    this.token = token;
    this.limits = limits;
    this.listener = new Listener("sightmill-coordinator", bind, this::welcome);
  }

  /** What workers must know. */
  public Meeting meeting() {
    return new Meeting(host, listener.port(), token, limits);
  }

  /**
   * Opens an attempt at a step, for which workers of that version may join from now on.
   *
   * @param expected workers; with fewer it begins when the time for gathering is over
   */
  public synchronized Attempt open(long step, int expected, int shards) {
    attempts++;
    current = new Attempt(attempts, step, roster, limits, expected, shards);
    return current;
  }

  /** Workers that are known to have a version. */
  public List<String> holders(long version) {
    return roster.holders(version).stream().map(Peer::executor).toList();
  }

  /**
   * A worker is gone: nobody need ask it, or wait for it.
   *
   * @param remaining workers
   */
  public void forget(String executor, int remaining) {
    roster.forget(executor);
    Attempt attempt = current;
    if (attempt != null) {
      attempt.expectAtMost(remaining);
    }
  }

  /**
   * Goes on from a checkpoint: no worker has anything that counts, all take this state from here.
   *
   * @param folder as {@link Replica#save} wrote it; must stay until the next one is offered
   */
  public void offer(long version, Path folder) {
    roster.forgetAll();
    keep(version, folder);
  }

  /**
   * Has a checkpoint at hand for whoever comes when no worker is left that has its version.
   *
   * @param folder as {@link Replica#save} wrote it; must stay until the next one is kept or offered
   */
  public void keep(long version, Path folder) {
    checkpoint = new Checkpoint(version, folder);
  }

  /** Goes on from the base model. */
  public void restart() {
    roster.forgetAll();
    checkpoint = null;
  }

  private record Checkpoint(long version, Path folder) {}

  private void welcome(Channel channel) throws IOException {
    try (channel) {
      Message first = channel.receive(limits.connect());
      if (first instanceof Message.Join join && join.token().equals(token)) {
        join(channel, join);
      } else if (first instanceof Message.Have have && have.token().equals(token)) {
        channel.send(registered(have.peer(), have.hash()));
      } else if (first instanceof Message.Locate locate && locate.token().equals(token)) {
        long version = locate.version();
        channel.send(new Message.Holders(holding(version), roster.hash(version)));
      } else if (first instanceof Message.Fetch fetch && fetch.token().equals(token)) {
        serve(channel, fetch);
      } else {
        channel.send(new Message.Refused(FailureReason.MEMBER_FAILED, "unknown token or request"));
      }
    }
  }

  /** Workers first; the driver's checkpoint is behind one connection. */
  private List<Peer> holding(long version) {
    List<Peer> peers = new ArrayList<>(roster.holders(version));
    Checkpoint offered = checkpoint;
    if (offered != null && offered.version() == version) {
      peers.add(new Peer("of the driver", host, listener.port(), version));
    }
    return peers;
  }

  private Message registered(Peer peer, String hash) {
    if (!roster.agrees(peer.version(), hash)) {
      return new Message.Refused(
          FailureReason.MISMATCH,
          "weights of version %d have hash %s at %s but %s elsewhere"
              .formatted(peer.version(), hash, peer, roster.hash(peer.version())));
    }
    roster.has(peer, hash);
    return new Message.Welcome();
  }

  private void serve(Channel channel, Message.Fetch fetch) throws IOException {
    Checkpoint offered = checkpoint;
    if (fetch.content() == Message.Content.STATE
        && offered != null
        && offered.version() == fetch.version()) {
      FolderTransfer.send(channel, fetch.version(), offered.folder());
    } else {
      channel.send(
          new Message.Refused(FailureReason.STALE, "the driver has no version " + fetch.version()));
    }
  }

  private void join(Channel channel, Message.Join join) throws IOException {
    Attempt attempt = current;
    if (attempt == null || attempt.step() != join.step()) {
      channel.send(new Message.Idle("step %d is over".formatted(join.step())));
      return;
    }
    Session session = new Session(channel, join.peer(), join.hash());
    if (attempt.join(session)) {
      listen(channel, attempt, session);
    }
  }

  /** Until the member hangs up, which it does when it has been told the end. */
  private void listen(Channel channel, Attempt attempt, Session session) {
    try {
      while (true) {
        attempt.heard(session, channel.receive(limits.silence()));
      }
    } catch (SocketTimeoutException e) {
      attempt.lost(session, FailureReason.MEMBER_SILENT, "fell silent");
    } catch (CorruptFrameException e) {
      attempt.lost(session, FailureReason.CORRUPT_FRAME, "sent " + e.getMessage());
    } catch (IOException e) {
      attempt.lost(session, FailureReason.MEMBER_LOST, "was lost");
    }
  }

  @Override
  public void close() {
    listener.close();
  }
}
