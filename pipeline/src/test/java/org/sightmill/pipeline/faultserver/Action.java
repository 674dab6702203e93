package org.sightmill.pipeline.faultserver;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes on the wire and when they go, then what becomes of the connection.
 *
 * @param delayMillis before the first part
 * @param parts in order
 * @param gapMillis between parts
 * @param end of the connection
 * @param charged whether the ledger counts it as a served answer
 */
public record Action(
    double delayMillis, List<byte[]> parts, double gapMillis, End end, boolean charged) {

  /** What becomes of the connection. */
  public enum End {
    /** It takes the next request. */
    KEEP,
    /** It is closed in order. */
    CLOSE,
    /** It is reset. */
    RESET
  }

  /** A whole response; {@code headers} are lines. */
  public static Action respond(int status, String type, byte[] body, String... headers) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(status).append(" X\r\n");
    head.append("Content-Type: ").append(type).append("\r\n");
    head.append("Content-Length: ").append(body.length).append("\r\n");
    Arrays.stream(headers).forEach(line -> head.append(line).append("\r\n"));
    head.append("\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    boolean charged = status == 200;
    return new Action(0, List.of(bytes.toByteArray()), 0, End.KEEP, charged);
  }

  /** A response with JSON. */
  public static Action json(int status, String body, String... headers) {
    return respond(status, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** No response, ever. */
  public static Action silence() {
    return new Action(0, List.of(), 0, End.KEEP, false);
  }

  /** The connection is reset without a word. */
  public static Action reset() {
    return new Action(0, List.of(), 0, End.RESET, false);
  }

  /** The same, later. */
  public Action after(double millis) {
    return new Action(millis, parts, gapMillis, end, charged);
  }

  /** The first {@code bytes} bytes, then {@code end}. */
  public Action cutAfter(int bytes, End end) {
    byte[] whole = parts.get(0);
    byte[] start = Arrays.copyOf(whole, Math.min(bytes, whole.length));
    return new Action(delayMillis, List.of(start), 0, end, charged);
  }

  /** The same in pieces of {@code bytes} bytes with gaps between them. */
  public Action dripping(int bytes, double everyMillis) {
    List<byte[]> pieces = new ArrayList<>();
    byte[] whole = parts.get(0);
    for (int at = 0; at < whole.length; at += bytes) {
      pieces.add(Arrays.copyOfRange(whole, at, Math.min(whole.length, at + bytes)));
    }
    return new Action(delayMillis, pieces, everyMillis, end, charged);
  }
}
