package org.sightmill.pipeline.faultserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One client's connection; requests come one after another. */
final class Connection {
  private static final ByteBuffer READ = ByteBuffer.allocateDirect(1 << 16);

  private final FaultServer server;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private ByteBuffer unwritten = ByteBuffer.allocate(0);
  private Runnable whenWritten = () -> {};

  Connection(FaultServer server, SocketChannel channel, SelectionKey key) {
    this.server = server;
    this.channel = channel;
    this.key = key;
  }

  void ready(SelectionKey selected) {
    try {
      if (selected.isValid() && selected.isWritable()) {
        write();
      }
      if (selected.isValid() && selected.isReadable()) {
        read();
      }
    } catch (IOException e) {
      close();
    }
  }

  private void read() throws IOException {
    synchronized (READ) {
      READ.clear();
      if (channel.read(READ) < 0) {
        close();
        return;
      }
      READ.flip();
      byte[] part = new byte[READ.remaining()];
      READ.get(part);
      received.writeBytes(part);
    }
    takeRequest();
  }

  private void takeRequest() {
    byte[] bytes = received.toByteArray();
    int end = endOfHead(bytes);
    if (end < 0) {
      return;
    }
    String[] lines = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).split("\r\n");
    Map<String, String> headers = new HashMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    int bodyStart = end + 4;
    if (bytes.length >= bodyStart + length) {
      received.reset();
      received.write(bytes, bodyStart + length, bytes.length - bodyStart - length);
      byte[] body = Arrays.copyOfRange(bytes, bodyStart, bodyStart + length);
      server.called(this, new Call(server.nextNumber(), lines[0].split(" ")[1], headers, body));
    }
  }

  private static int endOfHead(byte[] bytes) {
    for (int i = 3; i < bytes.length; i++) {
      if (bytes[i] == '\n' && bytes[i - 2] == '\n' && bytes[i - 1] == '\r') {
        return i - 3;
      }
    }
    return -1;
  }

  /** Sends the parts from {@code next} on. */
  void perform(Action action, int next) {
    if (next >= action.parts().size()) {
      server.ledger().left(action);
      end(action.end());
      return;
    }
    boolean last = next + 1 == action.parts().size();
    unwritten = ByteBuffer.wrap(action.parts().get(next));
    whenWritten =
        () -> server.later(last ? 0 : action.gapMillis(), () -> perform(action, next + 1));
    try {
      write();
    } catch (IOException e) {
      server.ledger().left(action);
      close();
    }
  }

  private void write() throws IOException {
    channel.write(unwritten);
    if (unwritten.hasRemaining()) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } else {
      if (key.interestOps() != SelectionKey.OP_READ) {
        key.interestOps(SelectionKey.OP_READ);
      }
      Runnable next = whenWritten;
      whenWritten = () -> {};
      next.run();
    }
  }

  private void end(Action.End end) {
    try {
      if (end == Action.End.RESET) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // The client has closed it: the same to both.
    }
    if (end != Action.End.KEEP) {
      close();
    }
  }

  private void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to close.
    }
  }
}
