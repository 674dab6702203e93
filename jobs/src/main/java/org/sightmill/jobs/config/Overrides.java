package org.sightmill.jobs.config;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.jobs.config.ConfigNode.Kind;
import org.sightmill.jobs.config.ConfigNode.Mapping;
import org.sightmill.jobs.config.ConfigNode.Scalar;
import org.sightmill.jobs.config.ConfigNode.Sequence;

/**
 * Applies {@code key=value} to a tree. Keys are dotted, a number is the index of a list element
 * (one past the end appends), and a part in double quotes may hold dots: {@code
 * spark."spark.sql.shuffle.partitions"=8}. Values are YAML.
 */
final class Overrides {
  private final Mapping root;
  private final Problems problems;

  Overrides(Mapping root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /** One {@code --set}. */
  void set(String assignment) {
    int equals = assignment.indexOf('=');
    String where = "--set " + (equals < 0 ? assignment : assignment.substring(0, equals));
    if (equals <= 0) {
      problems.add(where, "must be key=value");
      return;
    }
    List<String> parts = split(assignment.substring(0, equals));
    put(parts, YamlReader.readValue(assignment.substring(equals + 1), where, problems), where);
  }

  /** An argument's value, which is always text. */
  void put(String key, String value, String where) {
    put(split(key), new Scalar(Kind.TEXT, value, where), where);
  }

  private void put(List<String> parts, ConfigNode value, String where) {
    ConfigNode at = root;
    for (int i = 0; i < parts.size() - 1 && at != null; i++) {
      at = descend(at, parts.get(i), isIndex(parts.get(i + 1)), where);
    }
    if (at != null) {
      store(at, parts.get(parts.size() - 1), value, where);
    }
  }

  private ConfigNode descend(ConfigNode at, String part, boolean listBelow, String where) {
    ConfigNode next = child(at, part);
    boolean usable = next instanceof Mapping || next instanceof Sequence;
    if (usable) {
      return next;
    }
    ConfigNode made = listBelow ? Sequence.empty(where) : Mapping.empty(where);
    return store(at, part, made, where) ? made : null;
  }

  private static ConfigNode child(ConfigNode at, String part) {
    if (at instanceof Mapping mapping) {
      return mapping.entries().get(part);
    }
    List<ConfigNode> items = ((Sequence) at).items();
    return isIndex(part) && Integer.parseInt(part) < items.size()
        ? items.get(Integer.parseInt(part))
        : null;
  }

  private boolean store(ConfigNode at, String part, ConfigNode value, String where) {
    if (at instanceof Mapping mapping) {
      mapping.entries().put(part, value);
      return true;
    }
    return storeItem(((Sequence) at).items(), part, value, where);
  }

  private boolean storeItem(List<ConfigNode> items, String part, ConfigNode value, String where) {
    int index = isIndex(part) ? Integer.parseInt(part) : -1;
    if (index < 0 || index > items.size()) {
      problems.add(
          where, "'%s' is not an index of a list with %d elements".formatted(part, items.size()));
      return false;
    }
    if (index == items.size()) {
      items.add(value);
    } else {
      items.set(index, value);
    }
    return true;
  }

  private static boolean isIndex(String part) {
    return part.matches("[0-9]{1,6}");
  }

  /** At dots outside double quotes. */
  static List<String> split(String key) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (char character : key.toCharArray()) {
      if (character == '"') {
        quoted = !quoted;
      } else if (character == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(character);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
