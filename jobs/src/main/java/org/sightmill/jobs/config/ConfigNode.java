package org.sightmill.jobs.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value as written, which remembers where: {@code mill.yaml:12} or {@code --set}. */
sealed interface ConfigNode {
  /** Where a person finds it. */
  String where();

  /** How it is named in a message: {@code a mapping}, {@code 'abc'}. */
  String shown();

  /** Keys and values in the order of the file; mutable while overrides are applied. */
  record Mapping(Map<String, ConfigNode> entries, String where) implements ConfigNode {
    static Mapping empty(String where) {
      return new Mapping(new LinkedHashMap<>(), where);
    }

    @Override
    public String shown() {
      return "a mapping";
    }
  }

  /** Values in order; mutable while overrides are applied. */
  record Sequence(List<ConfigNode> items, String where) implements ConfigNode {
    static Sequence empty(String where) {
      return new Sequence(new ArrayList<>(), where);
    }

    @Override
    public String shown() {
      return "a list";
    }
  }

  /** One plain value; {@code text} is null for {@link Kind#NULL} alone. */
  record Scalar(Kind kind, String text, String where) implements ConfigNode {
    @Override
    public String shown() {
      return kind == Kind.NULL ? "empty" : "'" + text + "'";
    }
  }

  /** What YAML takes a plain value for. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }
}
