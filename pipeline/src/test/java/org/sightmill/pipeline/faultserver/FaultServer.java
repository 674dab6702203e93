package org.sightmill.pipeline.faultserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An HTTP/1.1 server on raw sockets, with one thread for everything, so that it can do to a
 * connection what no library would, and costs little beside the client that is measured.
 */
public final class FaultServer implements AutoCloseable {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long LONGEST_WAIT_MILLIS = 100;
  private static final int BACKLOG = 4096;

  private final Selector selector;
  private final ServerSocketChannel listener;
  private final int port;
  private final Thread thread;
  private final Ledger ledger = new Ledger();
  private final AtomicLong numbers = new AtomicLong();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong((Due d) -> d.nanos).thenComparing(d -> d.order));
  private long order;
  private volatile Behaviour behaviour;
  private volatile boolean closed;

  private FaultServer(int port, Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    selector = Selector.open();
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    this.port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    thread = new Thread(this::serve, "fault-server");
    thread.setDaemon(true);
    thread.start();
  }

  private record Due(long nanos, long order, Runnable work) {}

  /** A server on any free port. */
  public static FaultServer start(Behaviour behaviour) {
    return start(0, behaviour);
  }

  /** A server on this port: one that comes back. */
  public static FaultServer start(int port, Behaviour behaviour) {
    try {
      return new FaultServer(port, behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on it behaves otherwise. */
  public void behave(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  /** The base URL, with {@code /v1}. */
  public String url() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** What has come so far. */
  public Ledger ledger() {
    return ledger;
  }

  private void serve() {
    try {
      while (!closed) {
        selector.select(this::handle, millisToNext());
        runDue();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long millisToNext() {
    Due next = due.peek();
    long wait =
        next == null
            ? LONGEST_WAIT_MILLIS
            : (long) Math.ceil((next.nanos - System.nanoTime()) / NANOS_PER_MILLI);
    // 0 would mean to wait for ever.
    return Math.max(1, Math.min(wait, LONGEST_WAIT_MILLIS));
  }

  private void runDue() {
    long now = System.nanoTime();
    while (!due.isEmpty() && due.peek().nanos <= now) {
      due.remove().work.run();
    }
  }

  void later(double millis, Runnable work) {
    if (millis <= 0) {
      work.run();
    } else {
      due.add(new Due(System.nanoTime() + (long) (millis * NANOS_PER_MILLI), order++, work));
    }
  }

  private void handle(SelectionKey key) {
    if (key.isAcceptable()) {
      accept();
    } else {
      ((Connection) key.attachment()).ready(key);
    }
  }

  private void accept() {
    try {
      for (SocketChannel channel = listener.accept();
          channel != null;
          channel = listener.accept()) {
        channel.configureBlocking(false);
        channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new Connection(this, channel, key));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A whole request has come. */
  void called(Connection connection, Call call) {
    ledger.arrived(call);
    Action action = behaviour.on(call);
    later(action.delayMillis(), () -> connection.perform(action, 0));
  }

  long nextNumber() {
    return numbers.getAndIncrement();
  }

  /** All connections break: whoever waits gets a reset or an end. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
