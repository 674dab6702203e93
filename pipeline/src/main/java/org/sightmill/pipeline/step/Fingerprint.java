package org.sightmill.pipeline.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that decides a step's output, as named parts: semantic configuration, prompt hashes,
 * schema version, the step's logic version and its inputs. Not URLs, keys, concurrency or output
 * paths.
 */
public record Fingerprint(SortedMap<String, String> parts) {

  /** Copies the parts. */
  public Fingerprint {
    parts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** These parts and one more. */
  public Fingerprint with(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(parts);
    more.put(name, value);
    return new Fingerprint(more);
  }

  /** SHA-256 over the parts in order, in hexadecimal. */
  public String sha256() {
    MessageDigest digest = newSha256();
    parts.forEach(
        (name, value) ->
            digest.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What differs from {@code earlier} parts, one sentence each, by name. */
  public List<String> changesSince(Map<String, String> earlier) {
    SortedSet<String> names = new TreeSet<>(earlier.keySet());
    names.addAll(parts.keySet());
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      String before = earlier.getOrDefault(name, "(none)");
      String now = parts.getOrDefault(name, "(none)");
      if (!before.equals(now)) {
        changes.add("%s: %s -> %s".formatted(name, shortened(before), shortened(now)));
      }
    }
    return changes;
  }

  private static String shortened(String value) {
    return value.length() <= 60 ? value : value.substring(0, 57) + "...";
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Starts from what every step shares. */
  public static Builder builder(StepName step, int logicVersion, int schemaVersion) {
    return new Builder()
        .part("step", step.label())
        .part("logic_version", Integer.toString(logicVersion))
        .part("schema_version", Integer.toString(schemaVersion));
  }

  /** Collects parts. */
  public static final class Builder {
    private final SortedMap<String, String> parts = new TreeMap<>();

    private Builder() {}

    /** One part; a name is given once. */
    public Builder part(String name, String value) {
      if (parts.put(name, value) != null) {
        throw new IllegalArgumentException("fingerprint part " + name + " given twice");
      }
      return this;
    }

    /** A configuration record, one part for each leaf: {@code config.max_words}. */
    public Builder config(Object record) {
      return json("config", Json.MAPPER.valueToTree(record));
    }

    /** Any JSON below {@code prefix}, one part for each leaf. */
    public Builder json(String prefix, JsonNode node) {
      if (node instanceof ObjectNode object) {
        object.properties().forEach(entry -> json(prefix + "." + entry.getKey(), entry.getValue()));
      } else {
        part(prefix, node.isTextual() ? node.textValue() : node.toString());
      }
      return this;
    }

    /** The fingerprint. */
    public Fingerprint build() {
      return new Fingerprint(parts);
    }
  }
}
