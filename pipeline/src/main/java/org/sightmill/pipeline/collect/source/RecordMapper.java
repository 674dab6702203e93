package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.collect.map.Expression;
import org.sightmill.pipeline.collect.map.Values;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** Turns a record in its source's own form into a raw row, by the map of its configuration. */
final class RecordMapper {
  /** The fields that a map can fill. */
  static final List<String> FIELDS =
      List.of(
          RawSchema.ID,
          RawSchema.IMAGE,
          RawSchema.QUESTION,
          RawSchema.CHOICES,
          RawSchema.ANSWER,
          RawSchema.ANSWER_TYPE,
          RawSchema.CONTEXT,
          RawSchema.RATIONALE,
          RawSchema.CAPTION,
          RawSchema.COMPLETION,
          RawSchema.REASONING,
          RawSchema.REPLY,
          RawSchema.LICENSE,
          RawSchema.ORIGIN,
          RawSchema.META);

  private static final List<String> REQUIRED = List.of(RawSchema.QUESTION, RawSchema.ANSWER);

  private final SourceConfig config;
  private final Map<String, Expression> expressions = new HashMap<>();
  private final Map<String, Pattern> cuts = new HashMap<>();

  RecordMapper(SourceConfig config) {
    this.config = config;
    for (String field : FIELDS) {
      String expression = config.map().getOrDefault(field, "$." + field);
      if (expression != null && !expression.isBlank()) {
        expressions.put(field, Expression.parse(expression));
      }
    }
    config.cut().forEach((field, regex) -> cuts.put(field, Pattern.compile(regex, Pattern.DOTALL)));
  }

  /** Fills the raw row with what the record says. */
  void map(JsonNode record, RawRow row) {
    for (String field : FIELDS) {
      Expression expression = expressions.get(field);
      if (expression != null) {
        set(row, field, expression.value(record));
      }
    }
  }

  private void set(RawRow row, String field, JsonNode value) {
    switch (field) {
      case RawSchema.CHOICES -> ChoiceList.set(row, value);
      case RawSchema.IMAGE -> setImage(row, value);
      case RawSchema.META -> row.text(field, metaText(value));
      default -> setText(row, field, value);
    }
  }

  private void setText(RawRow row, String field, JsonNode value) {
    JsonNode single = value.isArray() && value.size() == 1 ? value.get(0) : value;
    if (single.isMissingNode() || single.isNull()) {
      requireField(row, field);
    } else if (single.isValueNode() || isBox(field, single)) {
      row.text(field, cut(field, single.isValueNode() ? single.asText() : single.toString()));
    } else {
      row.fault(wrongType(field, "a text or number", single));
    }
  }

  private void requireField(RawRow row, String field) {
    if (REQUIRED.contains(field)) {
      String where = config.map().getOrDefault(field, "$." + field);
      row.fault(
          new Reject(RejectReason.FIELD_MISSING, "%s: nothing at %s".formatted(field, where)));
    }
  }

  /** A gold answer may be an array of numbers: a box. */
  private static boolean isBox(String field, JsonNode value) {
    if (!field.equals(RawSchema.ANSWER) || !value.isArray() || value.size() != 4) {
      return false;
    }
    return value.valueStream().allMatch(JsonNode::isNumber);
  }

  private String cut(String field, String text) {
    Pattern pattern = cuts.get(field);
    if (pattern == null) {
      return text;
    }
    String result = text;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String group = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
      result = group == null ? matcher.group() : group;
    }
    return result;
  }

  /** A path or base64, raw bytes, Hugging Face's struct of both, or a list with one of these. */
  private static void setImage(RawRow row, JsonNode value) {
    if (value.isArray() && value.size() > 1) {
      row.fault(
          new Reject(
              RejectReason.FIELD_WRONG_TYPE,
              "image: %d pictures, and a sample has one; map $.image[0] to take the first"
                  .formatted(value.size())));
      return;
    }
    JsonNode single = value.isArray() ? value.path(0) : value;
    if (single.isObject()) {
      setImageStruct(row, single);
    } else if (single.isBinary()) {
      row.imageBytes(bytes(single));
    } else if (single.isTextual()) {
      row.text(RawSchema.IMAGE, single.asText());
    } else if (!Values.isAbsent(single)) {
      row.fault(wrongType(RawSchema.IMAGE, "a path or picture bytes", single));
    }
  }

  private static void setImageStruct(RawRow row, JsonNode struct) {
    JsonNode bytes = struct.path("bytes");
    if (bytes.isBinary()) {
      row.imageBytes(bytes(bytes));
    }
    boolean inline = bytes.isTextual() && !bytes.asText().isEmpty();
    Values.text(inline ? bytes : struct.path("path"))
        .ifPresent(path -> row.text(RawSchema.IMAGE, path));
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException("a binary node holds its bytes in memory", e);
    }
  }

  private static String metaText(JsonNode value) {
    Optional<String> text =
        value.isValueNode() ? Values.text(value) : Optional.of(value.toString());
    return value.isMissingNode() || value.isNull() ? null : text.orElse(null);
  }

  static Reject wrongType(String field, String wanted, JsonNode found) {
    return new Reject(
        RejectReason.FIELD_WRONG_TYPE,
        "%s must be %s but was %s: %s"
            .formatted(field, wanted, found.getNodeType().name().toLowerCase(), shown(found)));
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }
}
