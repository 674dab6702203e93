package org.sightmill.pipeline.collect.source.procedural;

import org.sightmill.pipeline.sample.Choices;

/**
 * A question about a picture whose whole content is known. Immutable; a label needs no rendering.
 */
interface Task {
  String question();

  /** The options, or null. */
  Choices choices();

  /** The true answer of this picture. */
  String answer();

  /** The answer as a sentence says it. */
  default String spokenAnswer() {
    return answer();
  }

  /** The true caption. */
  String caption();

  /** The scene as a JSON object. */
  String scene();

  /**
   * The same question as a careless viewer sees it: something in the picture is misread so that
   * {@link #answer()} differs. A rationale over the misread task is consistent and wrong.
   */
  Task misread(Dice dice);

  /** The answer that a hasty look gives: right where the picture is simple, else often wrong. */
  default String glanced(Dice dice) {
    return misread(dice).answer();
  }

  /** Tells the solution up to, not including, the conclusion. */
  void explain(Voice voice);

  void paint(Canvas canvas, Dice dice);
}
