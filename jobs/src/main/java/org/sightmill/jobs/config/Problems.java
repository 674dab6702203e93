package org.sightmill.jobs.config;

import java.util.ArrayList;
import java.util.List;

/** Everything found wrong with a configuration so far. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String where, String problem) {
    String text = where.isEmpty() ? problem : where + ": " + problem;
    if (!found.contains(text)) {
      found.add(text);
    }
  }

  /** The same, unless the problem was found before, wherever that was. */
  void addUnlessSaid(String where, String problem) {
    if (found.stream().noneMatch(text -> text.endsWith(problem))) {
      add(where, problem);
    }
  }

  List<String> found() {
    return List.copyOf(found);
  }
}
