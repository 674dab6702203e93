package org.sightmill.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Collects what is wrong with a configuration record, so that a compact constructor can report all
 * of it. Keys are written as in YAML, relative to the record; the binder adds the path before them.
 */
public final class Checks {
  private final List<String> problems = new ArrayList<>();

  /** Adds {@code problem} unless {@code holds}. */
  public Checks that(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
    return this;
  }

  /** A value in [0, 1]. */
  public Checks fraction(String key, double value) {
    return that(value >= 0 && value <= 1, "%s must be in [0, 1] but was %s".formatted(key, value));
  }

  /** An integer of at least {@code minimum}. */
  public Checks atLeast(long minimum, String key, long value) {
    return that(
        value >= minimum, "%s must be at least %d but was %d".formatted(key, minimum, value));
  }

  /** A finite number of at least 0. */
  public Checks notNegative(String key, double value) {
    return that(
        value >= 0 && Double.isFinite(value),
        "%s must be at least 0 but was %s".formatted(key, value));
  }

  /** A text with something in it. */
  public Checks notBlank(String key, String value) {
    return that(value != null && !value.isBlank(), key + " is required");
  }

  /** An integer of at least {@code minimum} behind every key of a map. */
  public Checks eachAtLeast(long minimum, String key, Map<String, Integer> values) {
    values.forEach((name, value) -> atLeast(minimum, key + "." + name, value));
    return this;
  }

  /** Every problem so far. */
  public List<String> found() {
    return List.copyOf(problems);
  }

  /** Throws with every problem found, if there is one. */
  public void orThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
  }

  /** An enum constant as it is written in configuration: lower case. */
  public static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
