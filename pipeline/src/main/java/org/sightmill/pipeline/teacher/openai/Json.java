package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON on the wire. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  /** Writes one value; what may throw is memory alone. */
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(bytes)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException("text can't be written as JSON", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The value that bytes in UTF-8 hold.
   *
   * @throws IOException when they hold none, or more than one
   */
  static JsonNode read(byte[] bytes) throws IOException {
    JsonNode node = MAPPER.readTree(bytes);
    if (node == null || node.isMissingNode()) {
      throw new IOException("empty");
    }
    return node;
  }

  /** The text of the first field of an object when it has this name: the rest may be cut off. */
  static Optional<String> firstText(String text, String name) {
    try (JsonParser json = MAPPER.getFactory().createParser(text)) {
      boolean found =
          json.nextToken() == JsonToken.START_OBJECT
              && name.equals(json.nextFieldName())
              && json.nextToken() == JsonToken.VALUE_STRING;
      return found ? Optional.of(json.getText()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a text is one JSON value. */
  static boolean isValue(String text) {
    try {
      return !MAPPER.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
