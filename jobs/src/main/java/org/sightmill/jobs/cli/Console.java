package org.sightmill.jobs.cli;

import java.io.PrintWriter;
import java.util.List;
import org.sightmill.jobs.spark.RootCause;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.checkpoint.CheckpointException;

/** Where a command speaks: results to {@code out}, everything else to {@code err}. */
record Console(PrintWriter out, PrintWriter err) {

  /** Tells people what went wrong, without a stack trace, and says how the command ends. */
  ExitCode failure(Throwable thrown) {
    ExitCode code = ExitCode.of(thrown);
    err.println(String.join(System.lineSeparator(), messages(thrown)));
    return code;
  }

  /** All problems with the configuration. */
  ExitCode invalid(List<String> problems) {
    err.printf(
        "%d problem%s with the configuration:%n", problems.size(), problems.size() == 1 ? "" : "s");
    problems.forEach(problem -> err.println("  " + problem));
    return ExitCode.INVALID;
  }

  /** What is said of a failure, on the screen and in the status. */
  static List<String> messages(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidConfigException invalid) {
        return invalid.problems();
      }
      if (cause instanceof CheckpointException unusable) {
        return unusable.problems();
      }
    }
    return List.of(RootCause.text(thrown));
  }
}
