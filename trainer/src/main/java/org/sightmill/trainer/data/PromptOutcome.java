package org.sightmill.trainer.data;

import org.sightmill.trainer.model.Prompt;

/** What became of a row: a prompt, or a reject to count. */
public sealed interface PromptOutcome {

  /** A prompt within the limits. */
  record Ready(Prompt prompt) implements PromptOutcome {}

  /**
   * A row that can't be used.
   *
   * @param code the stable reason: {@code PROMPT_TOO_LONG}, {@code IMAGE_<fault>} or {@code
   *     NO_RESPONSE}
   * @param detail one sentence with the values that made it so
   */
  record Rejected(String code, String detail) implements PromptOutcome {}
}
