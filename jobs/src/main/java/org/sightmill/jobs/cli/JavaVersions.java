package org.sightmill.jobs.cli;

import java.util.List;
import java.util.Optional;

/** The Java releases that this Spark line runs on. */
final class JavaVersions {
  private static final List<Integer> SUPPORTED = List.of(17, 21);

  private JavaVersions() {}

  /** Why this feature release can't be used, or empty. */
  static Optional<String> problem(int feature) {
    return SUPPORTED.contains(feature)
        ? Optional.empty()
        : Optional.of(
            "Sightmill runs on Java 17 and 21, but this is Java %d (%s): Spark 4.1 does not run on it. Point JAVA_HOME at Java 17 or 21."
                .formatted(feature, System.getProperty("java.home")));
  }
}
