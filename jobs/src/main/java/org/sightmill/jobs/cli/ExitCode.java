package org.sightmill.jobs.cli;

/** The exit codes of every command; scripts rely on them. */
enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "failed"),
  INVALID(2, "invalid"),
  GATE(3, "gate"),
  STOPPED(4, "stopped");

  private final int code;
  private final String state;

  ExitCode(int code, String state) {
    this.code = code;
    this.state = state;
  }

  int code() {
    return code;
  }

  /** As in {@code _run/status.json}. */
  String state() {
    return state;
  }

  /** The exit code for what went wrong. */
  static ExitCode of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause.getClass().getSimpleName()) {
        case "InvalidConfigException", "StepInputException", "CheckpointException" -> {
          return INVALID;
        }
        case "QualityGateException" -> {
          return GATE;
        }
        case "CallsStoppedException" -> {
          return STOPPED;
        }
        default -> {
          // Look deeper.
        }
      }
    }
    return FAILED;
  }
}
