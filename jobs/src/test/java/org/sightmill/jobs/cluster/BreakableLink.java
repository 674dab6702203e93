package org.sightmill.jobs.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between clients and a server of this machine, which can be cut and mended. */
final class BreakableLink implements AutoCloseable {
  private final ServerSocket entrance;
  private final int serverPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private volatile boolean cut;

  BreakableLink(int serverPort) throws IOException {
    this.serverPort = serverPort;
    entrance = new ServerSocket(0, 128, InetAddress.getByName("127.0.0.1"));
    threads.execute(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        if (cut) {
          refused.incrementAndGet();
          reset(client);
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // Closed, or a client that went away: the loop's condition tells.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket(InetAddress.getByName("127.0.0.1"), serverPort);
    open.add(client);
    open.add(server);
    threads.execute(() -> pump(client, server));
    threads.execute(() -> pump(server, client));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 14];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // Cut, or an end that closed: the other one learns it by the close below.
      reset(to);
    } finally {
      open.remove(from);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed before.
    }
  }

  /** Breaks every connection and refuses new ones, until it is mended. */
  void cut() {
    cut = true;
    for (Socket socket : Set.copyOf(open)) {
      broken.incrementAndGet();
      reset(socket);
    }
  }

  void mend() {
    cut = false;
  }

  /** Connections that were broken, and those that were refused. */
  int harmed() {
    return broken.get() + refused.get();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
    threads.shutdownNow();
  }
}
