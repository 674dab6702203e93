package org.sightmill.jobs.spark;

import java.util.Set;

/** The sentence in an exception that tells a person what is wrong. */
public final class RootCause {
  private static final int MAX_CAUSES = 50;

  /** Wrappers whose own message only repeats that something failed. */
  private static final Set<String> SPEAKS_FOR_ITSELF =
      Set.of(
          "IllegalArgumentException",
          "IllegalStateException",
          "UncheckedIOException",
          "StepInputException",
          "QualityGateException",
          "CallsStoppedException");

  private RootCause() {}

  /** The innermost cause: its message, after its kind where the message alone says little. */
  public static String text(Throwable thrown) {
    Throwable cause = of(thrown);
    String kind = cause.getClass().getSimpleName();
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return kind;
    }
    String line = message.lines().findFirst().orElse("");
    return SPEAKS_FOR_ITSELF.contains(kind) ? line : kind + ": " + line;
  }

  /** The innermost cause. */
  public static Throwable of(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause;
  }
}
