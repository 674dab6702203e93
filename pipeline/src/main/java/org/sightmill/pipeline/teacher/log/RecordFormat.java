package org.sightmill.pipeline.teacher.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.sightmill.pipeline.teacher.log.LoggedReply.Answer;
import org.sightmill.pipeline.teacher.log.LoggedReply.Failure;

/**
 * One record: a line of text, so that people can search a log with what every system has.
 *
 * <pre>{@code
 * SM1 <key, 64 hex> <time in ms, 16 hex> <bytes of JSON, 8 hex> <CRC-32C of it, 8 hex> <CRC-32C of
 * the line so far, 8 hex> {"sample_id": ...}
 * }</pre>
 *
 * The header has a fixed length and a checksum of its own, so that its length can be trusted before
 * the JSON is there. JSON holds no line break: behind damage, reading goes on at the next line.
 */
final class RecordFormat {
  /** Bytes before the JSON. */
  static final int HEADER_BYTES = 113;

  /** Far beyond any reply; a header that says more is damaged. */
  static final int MAX_JSON_BYTES = 256 << 20;

  private static final byte[] MAGIC = ascii("SM1 ");
  private static final int KEY_AT = 4;
  private static final int KEY_CHARS = 64;
  private static final int TIME_AT = 69;
  private static final int LENGTH_AT = 86;
  private static final int CHECKSUM_AT = 95;
  private static final int HEADER_CHECKSUM_AT = 104;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private RecordFormat() {}

  /** The whole line, its line break included. */
  static byte[] encode(LoggedReply reply) {
    byte[] json = json(reply);
    byte[] header =
        header(new Header(reply.requestSha256(), reply.atMs(), json.length, checksum(json)));
    byte[] line = Arrays.copyOf(header, HEADER_BYTES + json.length + 1);
    System.arraycopy(json, 0, line, HEADER_BYTES, json.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** What stands before the JSON. */
  static byte[] header(Header header) {
    HexFormat hex = HexFormat.of();
    StringBuilder line = new StringBuilder(HEADER_BYTES);
    line.append("SM1 ").append(header.key()).append(' ');
    line.append(hex.toHexDigits(header.atMs())).append(' ');
    line.append(hex.toHexDigits(header.length())).append(' ');
    line.append(hex.toHexDigits(header.checksum())).append(' ');
    byte[] soFar = ascii(line.toString());
    line.append(hex.toHexDigits(checksum(soFar, soFar.length))).append(' ');
    return ascii(line.toString());
  }

  /** The header in these bytes, or null when they hold none. */
  static Header headerOrNull(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      return null;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes[i] != MAGIC[i]) {
        return null;
      }
    }
    try {
      int checksum = Integer.parseUnsignedInt(text(bytes, HEADER_CHECKSUM_AT, 8), 16);
      int length = Integer.parseUnsignedInt(text(bytes, LENGTH_AT, 8), 16);
      if (checksum != checksum(bytes, HEADER_CHECKSUM_AT) || length < 0) {
        return null;
      }
      return new Header(
          text(bytes, KEY_AT, KEY_CHARS),
          Long.parseUnsignedLong(text(bytes, TIME_AT, 16), 16),
          length,
          Integer.parseUnsignedInt(text(bytes, CHECKSUM_AT, 8), 16));
    } catch (NumberFormatException e) {
      // No header: what checksums are for, and counted by the scan as bytes skipped.
      return null;
    }
  }

  /** The reply in a record whose checksum holds. */
  static LoggedReply decode(Header header, byte[] json) throws IOException {
    return JSON.readValue(json, 0, header.length(), Line.class).reply(header);
  }

  private static byte[] json(LoggedReply reply) {
    try {
      return JSON.writeValueAsBytes(Line.of(reply));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can't fail to be written", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.US_ASCII);
  }

  private static int checksum(byte[] bytes) {
    return checksum(bytes, bytes.length);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /**
   * What a header says.
   *
   * @param length bytes of JSON
   * @param checksum of them
   */
  record Header(String key, long atMs, int length, int checksum) {
    /** Whether these are the bytes of JSON that were written; only the first ones are looked at. */
    boolean fits(byte[] json) {
      return checksum == RecordFormat.checksum(json, length);
    }

    /** Bytes of the whole record. */
    long bytes() {
      return HEADER_BYTES + length + 1L;
    }
  }

  /** The JSON: flat, so that it reads as a table. */
  private record Line(
      String sampleId,
      String step,
      String role,
      String model,
      String endpoint,
      String promptSha256,
      String text,
      String reasoning,
      String finishReason,
      String failureCode,
      String failureMessage,
      Long inputTokens,
      Long outputTokens,
      Double costUsd,
      long latencyMs) {

    static Line of(LoggedReply r) {
      Answer answer = r.outcome() instanceof Answer a ? a : new Answer(null, null, null);
      Failure failure = r.outcome() instanceof Failure f ? f : null;
      return new Line(
          r.sampleId(),
          r.step(),
          r.role(),
          r.model(),
          r.endpoint(),
          r.promptSha256(),
          answer.text(),
          answer.reasoning(),
          answer.finishReason(),
          failure == null ? null : failure.code(),
          failure == null ? null : failure.message(),
          r.inputTokens(),
          r.outputTokens(),
          r.costUsd(),
          r.latencyMs());
    }

    LoggedReply reply(Header header) {
      return new LoggedReply(
          header.key(),
          sampleId,
          step,
          role,
          model,
          endpoint,
          promptSha256,
          failureCode == null
              ? new Answer(text, reasoning, finishReason)
              : new Failure(failureCode, failureMessage),
          inputTokens,
          outputTokens,
          costUsd,
          latencyMs,
          header.atMs());
    }
  }
}
