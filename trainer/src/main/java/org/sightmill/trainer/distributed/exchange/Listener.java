package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts connections, each on a thread of its own. */
final class Listener implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Listener.class.getName());
  private static final int BACKLOG = 256;

  /** What is done with a connection; it closes the channel, or hands it on. */
  interface Handler {
    void handle(Channel channel) throws IOException, InterruptedException;
  }

  private final String name;
  private final ServerSocket server;
  private final Handler handler;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();

  Listener(String name, String host, Handler handler) throws IOException {
    this.name = name;
    this.handler = handler;
    this.server = new ServerSocket(0, BACKLOG, InetAddress.getByName(host));
    daemon(name, this::accept).start();
  }

  int port() {
    return server.getLocalPort();
  }

  static Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        daemon(name + "-" + socket.getPort(), () -> handle(socket)).start();
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.log(Level.WARNING, "a connection could not be accepted", e);
        }
      }
    }
  }

  private void handle(Socket socket) {
    try {
      Channel channel = new Channel(socket);
      open.add(channel);
      try {
        handler.handle(channel);
      } finally {
        open.remove(channel);
      }
    } catch (IOException e) {
      // The one who connected sees it end too, and says what it means.
      LOG.log(Level.DEBUG, "a connection ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends every connection that is still being handled. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing the port of " + name, e);
    }
    open.forEach(Channel::close);
  }
}
