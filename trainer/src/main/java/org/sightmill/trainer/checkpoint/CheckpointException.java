package org.sightmill.trainer.checkpoint;

import java.util.List;

/** A model that can't be used, with all that is wrong with it. */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** One message naming every problem, a line each. */
  public CheckpointException(String what, List<String> problems) {
    super(
        "%s: %d problem(s)\n  %s".formatted(what, problems.size(), String.join("\n  ", problems)));
    this.problems = List.copyOf(problems);
  }

  /** The problems, in the order found. */
  public List<String> problems() {
    return problems;
  }
}
