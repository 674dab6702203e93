package org.sightmill.pipeline.collect.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A JSON value as text. */
public final class Values {
  private Values() {}

  /** Whether there is nothing: absent, null, or only white space. */
  public static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isTextual() && node.asText().isBlank());
  }

  /**
   * Texts, numbers and booleans as they are written, arrays as {@code [1, 2]}, objects as JSON;
   * empty when the value is {@linkplain #isAbsent absent}.
   */
  public static Optional<String> text(JsonNode node) {
    if (isAbsent(node)) {
      return Optional.empty();
    }
    if (node.isArray()) {
      return Optional.of(
          StreamSupport.stream(node.spliterator(), false)
              .map(JsonNode::toString)
              .collect(Collectors.joining(", ", "[", "]")));
    }
    return Optional.of(node.isObject() ? node.toString() : node.asText());
  }
}
