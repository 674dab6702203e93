package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The connections of one member to all others of an attempt. Every one of them has its own sender,
 * so that two members that send to each other never wait for each other.
 */
final class Mesh implements AutoCloseable {
  private final Message.Start start;
  private final long step;
  private final TimeLimits limits;
  private final List<Channel> channels = new ArrayList<>();
  private final List<ExecutorService> senders = new ArrayList<>();
  private final List<CompletableFuture<Void>> sending = new ArrayList<>();

  private Mesh(Message.Start start, long step, TimeLimits limits) {
    this.start = start;
    this.step = step;
    this.limits = limits;
  }

  /** Connects to members of lower rank and waits for those of higher rank. */
  static Mesh open(
      Message.Start start, long step, PeerServer server, String token, TimeLimits limits)
      throws IOException, InterruptedException {
    Mesh mesh = new Mesh(start, step, limits);
    server.lobby().begin(start.attempt());
    try {
      for (int rank = 0; rank < start.members().size(); rank++) {
        mesh.channels.add(mesh.channel(rank, server, token));
        mesh.senders.add(
            Executors.newSingleThreadExecutor(r -> Listener.daemon("sightmill-sender", r)));
      }
    } catch (IOException | InterruptedException e) {
      mesh.close();
      throw e;
    }
    return mesh;
  }

  /** Null for this member itself. */
  private Channel channel(int rank, PeerServer server, String token)
      throws IOException, InterruptedException {
    if (rank == start.rank()) {
      return null;
    }
    return rank > start.rank()
        ? server.lobby().take(start.attempt(), rank, limits.connect())
        : meet(start.members().get(rank), token);
  }

  private Channel meet(Peer peer, String token) throws IOException {
    Channel channel;
    try {
      channel = Channel.open(peer.host(), peer.port(), limits.connect());
    } catch (IOException e) {
      throw new IOException("%s can't be reached: %s".formatted(peer, e.getMessage()), e);
    }
    channel.send(new Message.Meet(token, start.attempt(), start.rank()));
    if (channel.receive(limits.connect()) instanceof Message.Refused refused) {
      channel.close();
      throw refused.reason() == FailureReason.STALE
          ? new StaleFrameException("%s refused: %s".formatted(peer, refused.why()))
          : new IOException("%s refused: %s".formatted(peer, refused.why()));
    }
    return channel;
  }

  /** Sends in the background; {@code values} must stay as they are until {@link #flush}. */
  void send(int rank, int bucket, int item, float[] values, int from, int count) {
    Frame frame = new Frame(step, start.attempt(), bucket, item, count);
    sending.add(sent(rank, () -> sendNow(rank, frame, values, from)));
  }

  private CompletableFuture<Void> sent(int rank, Runnable sending) {
    try {
      return CompletableFuture.runAsync(sending, senders.get(rank));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(named(rank, new IOException("it is closed", e)));
    }
  }

  private void sendNow(int rank, Frame frame, float[] values, int from) {
    try {
      channels.get(rank).send(frame, values, from);
    } catch (IOException e) {
      throw new CompletionException(named(rank, e));
    }
  }

  /** Receives what a member sends next, which must be this. */
  void receive(int rank, int bucket, int item, float[] into, int from, int count)
      throws IOException {
    try {
      Frame frame = new Frame(step, start.attempt(), bucket, item, count);
      channels.get(rank).receive(frame, into, from, limits.silence());
    } catch (CorruptFrameException | StaleFrameException e) {
      throw e;
    } catch (IOException e) {
      throw named(rank, e);
    }
  }

  private IOException named(int rank, IOException e) {
    return new IOException(
        "connection with %s: %s".formatted(start.members().get(rank), e.getMessage()), e);
  }

  /** Waits until all is sent. */
  void flush() throws IOException {
    try {
      CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      sending.clear();
    }
  }

  /**
   * Ends all connections, and whoever waits on one of them. What was to be sent still has its turn,
   * and fails: dropped, it would never be done, and {@link #flush} would wait for it for ever.
   */
  @Override
  public void close() {
    channels.stream().filter(channel -> channel != null).forEach(Channel::close);
    senders.forEach(ExecutorService::shutdown);
  }
}
