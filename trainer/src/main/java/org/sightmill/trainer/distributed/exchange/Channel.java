package org.sightmill.trainer.distributed.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.zip.CRC32C;

/**
 * A connection that carries messages, each after its length, and frames of floats. Sending is safe
 * from several threads, receiving is for one.
 */
final class Channel implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_MESSAGE_BYTES = 64 << 20;
  private static final int BUFFER_BYTES = 256 << 10;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final byte[] inBytes = new byte[BUFFER_BYTES];
  private final byte[] outBytes = new byte[BUFFER_BYTES];

  Channel(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    this.out =
        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES));
  }

  static Channel open(String host, int port, Duration limit) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), (int) limit.toMillis());
      return new Channel(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  synchronized void send(Message message) throws IOException {
    byte[] bytes = JSON.writerFor(Message.class).writeValueAsBytes(message);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  Message receive() throws IOException {
    socket.setSoTimeout(0);
    return message();
  }

  /** The next message, if its first byte comes within the limit. */
  Message receive(Duration limit) throws IOException {
    socket.setSoTimeout((int) limit.toMillis());
    return message();
  }

  private Message message() throws IOException {
    int length = in.readInt();
    if (length < 1 || length > MAX_MESSAGE_BYTES) {
      throw new CorruptFrameException(
          "a message of %d bytes; at most %d are allowed".formatted(length, MAX_MESSAGE_BYTES));
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the connection ended within a message");
    }
    try {
      return JSON.readValue(bytes, Message.class);
    } catch (JsonProcessingException e) {
      throw new CorruptFrameException("a message that is none: " + e.getOriginalMessage());
    }
  }

  /** Sends a slice of floats, little-endian, behind a header with their checksum. */
  synchronized void send(Frame frame, float[] values, int from) throws IOException {
    CRC32C sum = new CRC32C();
    forEachPiece(values, from, frame.length(), count -> sum.update(outBytes, 0, count));
    frame.write(out, (int) sum.getValue());
    forEachPiece(values, from, frame.length(), count -> out.write(outBytes, 0, count));
    out.flush();
  }

  /** Sends bytes behind a header with their checksum. */
  synchronized void send(Frame frame, byte[] bytes) throws IOException {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, frame.length());
    frame.write(out, (int) sum.getValue());
    out.write(bytes, 0, frame.length());
    out.flush();
  }

  /** Receives the bytes that a header announces; see the other {@code receive}. */
  void receive(Frame expected, byte[] into, Duration stall) throws IOException {
    int announced = header(expected, stall);
    try {
      in.readFully(into, 0, expected.length());
    } catch (SocketTimeoutException e) {
      throw new IOException("%s stalled for %s".formatted(expected, stall), e);
    }
    CRC32C sum = new CRC32C();
    sum.update(into, 0, expected.length());
    check(expected, sum, announced);
  }

  private int header(Frame expected, Duration stall) throws IOException {
    socket.setSoTimeout(0);
    int first = in.read();
    if (first < 0) {
      throw new EOFException("the connection ended");
    }
    socket.setSoTimeout((int) stall.toMillis());
    return expected.check(first, in);
  }

  private static void check(Frame frame, CRC32C sum, int announced) throws CorruptFrameException {
    if ((int) sum.getValue() != announced) {
      throw new CorruptFrameException(
          "checksum of %s is %08x, announced was %08x"
              .formatted(frame, (int) sum.getValue(), announced));
    }
  }

  private interface Piece {
    void accept(int bytes) throws IOException;
  }

  private void forEachPiece(float[] values, int from, int count, Piece piece) throws IOException {
    int step = BUFFER_BYTES / Float.BYTES;
    for (int done = 0; done < count; done += step) {
      int now = Math.min(step, count - done);
      LittleEndian.put(values, from + done, outBytes, now);
      piece.accept(now * Float.BYTES);
    }
  }

  /**
   * Receives the floats that a header announces. Waits for the header as long as the connection
   * lives; within the frame a stall of {@code stall} ends it.
   *
   * @throws StaleFrameException if the frame is of another step or attempt
   * @throws CorruptFrameException if anything else in the header, or the checksum, is not as
   *     expected
   */
  void receive(Frame expected, float[] into, int from, Duration stall) throws IOException {
    CRC32C sum = new CRC32C();
    try {
      int announced = header(expected, stall);
      int step = BUFFER_BYTES / Float.BYTES;
      for (int done = 0; done < expected.length(); done += step) {
        int now = Math.min(step, expected.length() - done);
        in.readFully(inBytes, 0, now * Float.BYTES);
        sum.update(inBytes, 0, now * Float.BYTES);
        LittleEndian.get(inBytes, into, from + done, now);
      }
      check(expected, sum, announced);
    } catch (SocketTimeoutException e) {
      throw new IOException("%s stalled for %s".formatted(expected, stall), e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing was left to lose on it: every message that matters is answered.
      assert socket.isClosed() : e;
    }
  }
}
