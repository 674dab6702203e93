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

  /** This request with {@code file} where it names none itself. */
  public ConfigRequest onTopOf(String file) {
    return new ConfigRequest(this.file == null ? file : this.file, sets, arguments);
  }

  /** This request with one argument more. */
  public ConfigRequest with(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(arguments);
    more.put(key, value);
    return new ConfigRequest(file, sets, more);
  }
}
