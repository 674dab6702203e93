package org.sightmill.jobs.config;

import java.util.Locale;

/** Names in Java and in YAML. */
final class Names {
  private Names() {}

  /** {@code maxRejectFraction} as {@code max_reject_fraction}. */
  static String snake(String camel) {
    return camel
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .replaceAll("([0-9])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** {@code key} below {@code path}; the path of the whole file is empty. */
  static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
