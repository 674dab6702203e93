package org.sightmill.pipeline.check;

import java.util.List;

/** Configuration that can't be used: every problem found, each naming key, value and bound. */
public final class InvalidConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /** An exception for at least one problem. */
  public InvalidConfigException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, each a sentence that starts with the key. */
  public List<String> problems() {
    return problems;
  }
}
