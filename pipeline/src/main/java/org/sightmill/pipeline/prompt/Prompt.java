package org.sightmill.pipeline.prompt;

import java.io.Serializable;
import java.util.function.UnaryOperator;

/** A system and a user text with named places, and their hash. Sent to executors. */
public final class Prompt implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Template system;
  private final Template user;
  private final String sha256;

  Prompt(Template system, Template user, String sha256) {
    this.system = system;
    this.user = user;
    this.sha256 = sha256;
  }

  /**
   * The filled system text.
   *
   * @param values the value of each placeholder; null for none
   */
  public String system(UnaryOperator<String> values) {
    return system.fill(values);
  }

  /** The filled user text; see {@link #system}. */
  public String user(UnaryOperator<String> values) {
    return user.fill(values);
  }

  /** SHA-256 over both files, in hexadecimal: the version of the prompt. */
  public String sha256() {
    return sha256;
  }
}
