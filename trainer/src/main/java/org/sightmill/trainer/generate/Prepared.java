package org.sightmill.trainer.generate;

import org.sightmill.trainer.model.Prompt;

/** What became of a question: a prompt, or a reason to count. */
public sealed interface Prepared {

  /** A prompt that the model takes. */
  record Ready(Prompt prompt) implements Prepared {}

  /**
   * A question that the model can't be asked.
   *
   * @param code stable, to count by
   * @param detail one sentence with the values that made it so
   */
  record Refused(String code, String detail) implements Prepared {}
}
