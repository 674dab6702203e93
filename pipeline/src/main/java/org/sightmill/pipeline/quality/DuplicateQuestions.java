package org.sightmill.pipeline.quality;

import org.sightmill.pipeline.check.Checks;

/**
 * Which questions of a picture are taken for one.
 *
 * @param similarity Jaccard similarity of word runs from which two questions are near-duplicates,
 *     in [0.5, 1]; they must also agree in picture, numbers, symbols and names
 * @param runWords words of a run
 * @param answers whether near-duplicates must also agree in their gold answer
 */
public record DuplicateQuestions(double similarity, int runWords, Answers answers) {
  /** Of 20 words one may be put otherwise. */
  public static final double DEFAULT_SIMILARITY = 0.8;

  /** Long enough to see the order of words. */
  public static final int DEFAULT_RUN_WORDS = 3;

  /** What the gold answers of near-duplicates must be. */
  public enum Answers {
    /** The same: "how many red cubes" and "how many blue cubes" seldom are. */
    EQUAL,
    /** Whatever they are. */
    ANY
  }

  /** As documented. */
  public static final DuplicateQuestions DEFAULT =
      new DuplicateQuestions(DEFAULT_SIMILARITY, DEFAULT_RUN_WORDS, Answers.EQUAL);

  /** Checks the bounds. */
  public DuplicateQuestions {
    new Checks()
        .that(
            similarity >= 0.5 && similarity <= 1,
            "similarity must be in [0.5, 1] but was " + similarity)
        .atLeast(1, "run_words", runWords)
        .that(answers != null, "answers is required: equal or any")
        .orThrow();
  }
}
