package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.collect.map.Values;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** Options as a list, as an object by letter, or as either in JSON text (a table's cell). */
final class ChoiceList {
  private ChoiceList() {}

  static void set(RawRow row, JsonNode value) {
    if (value.isTextual() && !value.asText().isBlank()) {
      setText(row, value.asText().strip());
    } else if (value.isArray()) {
      setArray(row, value);
    } else if (value.isObject()) {
      setObject(row, value);
    } else if (!Values.isAbsent(value)) {
      row.fault(RecordMapper.wrongType(RawSchema.CHOICES, "a list of texts", value));
    }
  }

  private static void setText(RawRow row, String text) {
    JsonNode parsed;
    try {
      parsed = Records.MAPPER.readTree(text);
    } catch (IOException e) {
      row.fault(invalid("text is not a JSON list: " + text));
      return;
    }
    if (parsed.isContainerNode()) {
      set(row, parsed);
    } else {
      row.fault(invalid("text is not a JSON list: " + text));
    }
  }

  private static void setArray(RawRow row, JsonNode array) {
    List<String> options = new ArrayList<>();
    for (JsonNode option : array) {
      if (!option.isValueNode() || option.isNull()) {
        row.fault(invalid("option %d is %s".formatted(options.size() + 1, option)));
        return;
      }
      options.add(option.asText());
    }
    if (!options.isEmpty()) {
      row.choices(options);
    }
  }

  private static void setObject(RawRow row, JsonNode object) {
    List<String> options = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String letter = String.valueOf((char) ('A' + options.size()));
      if (!entry.getKey().equalsIgnoreCase(letter) || !entry.getValue().isValueNode()) {
        row.fault(
            invalid("keys must be letters in order, but %s is not %s".formatted(entry, letter)));
        return;
      }
      options.add(entry.getValue().asText());
    }
    row.choices(options);
  }

  private static Reject invalid(String detail) {
    return new Reject(RejectReason.CHOICES_INVALID, "choices: " + detail);
  }
}
