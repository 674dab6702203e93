package org.sightmill.jobs.config;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.pipeline.check.InvalidConfigException;

/** Everything found wrong with a configuration so far. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String where, String problem) {
    String text = where.isEmpty() ? problem : where + ": " + problem;
    if (!found.contains(text)) {
      found.add(text);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Throws with all of it, if there is anything. */
  void orThrow() {
    if (!found.isEmpty()) {
      throw new InvalidConfigException(found);
    }
  }
}
