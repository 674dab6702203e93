package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** Bytes to records: strict UTF-8, then JSON. */
final class Records {
  /** Longest text within a record, in characters: a 64 MiB picture in base64, with room. */
  static final int MAX_STRING_CHARS = 100_000_000;

  /** Keeps decimals as they are written, and refuses text behind the value. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_STRING_CHARS).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Records() {}

  /** What became of some bytes: a value, or the reason why there is none. */
  record Parsed(JsonNode value, Reject fault) {
    static Parsed fault(RejectReason reason, String detail) {
      return new Parsed(null, new Reject(reason, detail));
    }
  }

  /** One JSON object. */
  static Parsed object(byte[] bytes, int length) {
    String text;
    try {
      text = utf8(bytes, length);
    } catch (CharacterCodingException e) {
      return Parsed.fault(RejectReason.RECORD_NOT_UTF8, "bytes are not UTF-8");
    }
    return object(text);
  }

  private static Parsed object(String text) {
    try {
      JsonNode value = MAPPER.readTree(text);
      return value.isObject()
          ? new Parsed(value, null)
          : Parsed.fault(
              RejectReason.RECORD_UNREADABLE, "not a JSON object but " + value.getNodeType());
    } catch (JsonProcessingException e) {
      return Parsed.fault(RejectReason.RECORD_UNREADABLE, shortened(e.getOriginalMessage()));
    }
  }

  /** Decodes, refusing what is not UTF-8. */
  static String utf8(byte[] bytes, int length) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes, 0, length))
        .toString();
  }

  private static String shortened(String message) {
    return message.length() <= 300 ? message : message.substring(0, 297) + "...";
  }
}
