package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A member's line to the coordinator: sends heartbeats, and notices at once when the attempt is
 * over, whatever the member is doing.
 */
final class ControlLink implements AutoCloseable {
  private final Channel channel;
  private final TimeLimits limits;
  private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private volatile Message.Abort abort;
  private volatile Runnable onAbort = () -> {};
  private volatile boolean closed;

  private ControlLink(Channel channel, TimeLimits limits) {
    this.channel = channel;
    this.limits = limits;
  }

  static ControlLink open(String host, int port, TimeLimits limits) throws IOException {
    ControlLink link = new ControlLink(Channel.open(host, port, limits.connect()), limits);
    Listener.daemon("sightmill-control", link::read).start();
    Listener.daemon("sightmill-beat", link::beat).start();
    return link;
  }

  void send(Message message) throws AttemptFailedException {
    try {
      channel.send(message);
    } catch (IOException e) {
      aborted(gone(e));
      check();
    }
  }

  /** Runs {@code hook} as soon as the attempt is over, on another thread. */
  void onAbort(Runnable hook) {
    onAbort = hook;
    if (abort != null) {
      hook.run();
    }
  }

  /** The coordinator's next message; what it said before its end is heard before the end. */
  Message await(Duration limit) throws AttemptFailedException, InterruptedException {
    Message message = inbox.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (message instanceof Message.Abort) {
      check();
    }
    if (message == null) {
      throw new AttemptFailedException(
          FailureReason.TIMED_OUT, "the coordinator said nothing for " + limit);
    }
    return message;
  }

  /** Throws once the attempt is over. */
  void check() throws AttemptFailedException {
    if (abort != null) {
      throw new AttemptFailedException(abort.reason(), abort.detail());
    }
  }

  /** Waits for the reason that everybody is told, after something went wrong here. */
  AttemptFailedException verdict(FailureReason reason, String detail) throws InterruptedException {
    try {
      send(new Message.Failed(reason, detail));
      while (true) {
        await(limits.silence());
      }
    } catch (AttemptFailedException e) {
      return e;
    }
  }

  private void read() {
    try {
      while (!closed) {
        Message message = channel.receive();
        if (message instanceof Message.Abort told) {
          aborted(told);
        }
        inbox.add(message);
      }
    } catch (IOException e) {
      aborted(gone(e));
    }
  }

  private static Message.Abort gone(IOException e) {
    return new Message.Abort(
        FailureReason.MEMBER_LOST, "the coordinator's connection ended: " + e.getMessage());
  }

  private synchronized void aborted(Message.Abort reason) {
    if (!closed && abort == null) {
      abort = reason;
      inbox.add(reason);
      onAbort.run();
    }
  }

  private void beat() {
    try {
      while (!closed) {
        Thread.sleep(limits.beat().toMillis());
        channel.send(new Message.Beat());
      }
    } catch (IOException e) {
      aborted(gone(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves the attempt: it is over for this member, and the coordinator sees it lost. */
  void drop() {
    channel.close();
  }

  @Override
  public void close() {
    closed = true;
    channel.close();
  }
}
