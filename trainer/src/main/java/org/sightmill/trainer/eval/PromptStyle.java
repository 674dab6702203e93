package org.sightmill.trainer.eval;

import java.util.Optional;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.prompt.PolicyPrompt;

/** The instructions that a model is asked under. */
public enum PromptStyle {
  /** The system prompt of training: think tags, then answer tags. */
  TRAINED,
  /** The model's own default system prompt: no format is asked for. */
  NATIVE;

  /**
   * The system prompt; empty for the model's own.
   *
   * @param trained what the model was trained under; empty for the packaged one
   */
  public Optional<String> system(Optional<String> trained) {
    if (this == NATIVE) {
      return Optional.empty();
    }
    return trained.isPresent() ? trained : Optional.of(PolicyPrompt.packaged().system());
  }

  /** How strictly formatted answers are read: whole completions where a format was asked for. */
  Scope strictScope() {
    return this == TRAINED ? Scope.COMPLETION : Scope.ANSWER;
  }
}
