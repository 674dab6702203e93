package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;

/**
 * A worker's door for others: they bring gradients of an attempt, or fetch weights. Lives as long
 * as the worker.
 */
public final class PeerServer implements AutoCloseable {
  private final String token;
  private final TimeLimits limits;
  private final ReplicaSlot<?> slot;
  private final Listener listener;
  private final Lobby lobby = new Lobby();

  /**
   * Opens the door at a free port.
   *
   * @param host address that other workers reach this process under
   * @param token shared secret of the run; who does not know it is refused
   */
  public PeerServer(String host, String token, TimeLimits limits, ReplicaSlot<?> slot)
      throws IOException {
    this.token = token;
    this.limits = limits;
    this.slot = slot;
    this.listener = new Listener("sightmill-peer", host, this::welcome);
  }

  /** The port that was free. */
  public int port() {
    return listener.port();
  }

  Lobby lobby() {
    return lobby;
  }

  private void welcome(Channel channel) throws IOException, InterruptedException {
    Message first = channel.receive(limits.connect());
    if (first instanceof Message.Meet meet && meet.token().equals(token)) {
      lobby.enter(meet.attempt(), meet.rank(), channel);
    } else if (first instanceof Message.Fetch fetch && fetch.token().equals(token)) {
      serve(channel, fetch);
      channel.close();
    } else {
      channel.send(new Message.Refused(FailureReason.MEMBER_FAILED, "unknown token or request"));
      channel.close();
    }
  }

  private void serve(Channel channel, Message.Fetch fetch)
      throws IOException, InterruptedException {
    try {
      slot.use(limits.step(), replica -> serve(channel, fetch, replica));
    } catch (TimeoutException e) {
      channel.send(new Message.Refused(FailureReason.TIMED_OUT, e.getMessage()));
    } catch (AttemptFailedException e) {
      throw new IllegalStateException("serving takes part in no step", e);
    }
  }

  private static boolean serve(Channel channel, Message.Fetch fetch, Replica replica)
      throws IOException {
    if (replica.version() != fetch.version()) {
      channel.send(
          new Message.Refused(
              FailureReason.STALE,
              "has version %d, not %d".formatted(replica.version(), fetch.version())));
      return false;
    }
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      write(replica, fetch.content(), folder.path());
      FolderTransfer.send(channel, fetch.version(), folder.path());
    }
    return true;
  }

  private static void write(Replica replica, Message.Content content, Path folder)
      throws IOException {
    if (content == Message.Content.STATE) {
      replica.save(folder);
    } else {
      replica.export(folder);
    }
  }

  @Override
  public void close() {
    listener.close();
    lobby.close();
  }
}
