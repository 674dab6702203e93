package org.sightmill.pipeline.teacher;

import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.check.Checks;

/**
 * Who plays a role.
 *
 * @param provider the {@link Teacher#name}
 * @param model the model as the provider names it; null where the provider has one
 * @param options further options of the provider by name, all of which decide its replies
 */
public record TeacherConfig(String provider, String model, SortedMap<String, String> options)
    implements Serializable {
  /** The offline default. */
  public static final String BUILTIN = "builtin";

  /** Checks that there is a provider. */
  public TeacherConfig {
    new Checks().notBlank("provider", provider).orThrow();
    options = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** The offline default of every role. */
  public static TeacherConfig builtin() {
    return new TeacherConfig(BUILTIN, null, new TreeMap<>());
  }
}
