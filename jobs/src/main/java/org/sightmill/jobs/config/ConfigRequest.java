package org.sightmill.jobs.config;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the command line says of the configuration, weakest first.
 *
 * @param file local path of a YAML file, null for none
 * @param sets {@code key=value} each, in order
 * @param arguments values of arguments by key; they win over everything
 */
public record ConfigRequest(String file, List<String> sets, SortedMap<String, String> arguments) {

  /** Copies. */
  public ConfigRequest {
    sets = List.copyOf(sets);
    arguments = new TreeMap<>(arguments);
  }
}
