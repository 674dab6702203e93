package org.sightmill.pipeline.answer;

import org.sightmill.pipeline.sample.Choices;

/** Judges answers of one type. Both texts are stripped and not empty. */
interface Judge {
  /**
   * Judges one answer.
   *
   * @param choices the options, or null
   */
  Grade grade(String gold, String answer, Choices choices, Extraction extraction);
}
