package org.sightmill.pipeline.answer;

/** How much of a model's output a prediction is. */
public enum Scope {
  /** The answer text alone, as written between the answer tags or by a data set. */
  ANSWER,
  /** A whole completion: the implicit format rule decides what the answer is. */
  COMPLETION
}
