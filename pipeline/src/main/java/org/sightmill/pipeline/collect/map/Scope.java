package org.sightmill.pipeline.collect.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** What names mean while a template is filled: loop variables first, then the record's fields. */
final class Scope {
  private final JsonNode record;
  private final Map<String, JsonNode> variables;

  private Scope(JsonNode record, Map<String, JsonNode> variables) {
    this.record = record;
    this.variables = variables;
  }

  static Scope of(JsonNode record) {
    return new Scope(record, Map.of());
  }

  Scope with(String name, JsonNode value) {
    Map<String, JsonNode> extended = new HashMap<>(variables);
    extended.put(name, value);
    return new Scope(record, extended);
  }

  JsonNode find(JsonPath path) {
    if (!path.segments().isEmpty()) {
      String first = path.segments().get(0).name();
      if (first != null && variables.containsKey(first)) {
        return path.find(variables.get(first), 1);
      }
    }
    return path.find(record);
  }
}
