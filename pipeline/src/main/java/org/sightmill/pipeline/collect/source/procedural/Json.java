package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes the small JSON texts of the meta column; values come in already as JSON. */
final class Json {
  private Json() {}

  @SafeVarargs
  static String object(Map.Entry<String, String>... fields) {
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, String> field : fields) {
      json.append(json.length() > 1 ? "," : "").append('"').append(field.getKey()).append("\":");
      json.append(field.getValue());
    }
    return json.append('}').toString();
  }

  static <T> String array(List<T> values, Function<T, String> toJson) {
    StringBuilder json = new StringBuilder("[");
    for (T value : values) {
      json.append(json.length() > 1 ? "," : "").append(toJson.apply(value));
    }
    return json.append(']').toString();
  }

  static String text(String value) {
    StringBuilder json = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      json.append(c);
    }
    return json.append('"').toString();
  }
}
