package org.sightmill.jobs.config;

import java.util.List;

/**
 * What came of loading a configuration.
 *
 * @param config null where there are problems
 */
public record LoadedRecord<T extends Record>(T config, List<String> problems) {

  /** Copies the problems. */
  public LoadedRecord {
    problems = List.copyOf(problems);
  }
}
