package org.sightmill.pipeline.collect.source.procedural;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * The kinds of generated question. The first five, one for each answer type, make up a source that
 * says nothing of its families; the two over boards are for models too small for those.
 */
public enum ProceduralFamily {
  /** Counting objects after some are removed or added, as CLEVR-Math asks. */
  COUNTING(AnswerType.DIGIT),
  /** Reading a bar, line or pie chart. */
  CHART(AnswerType.CHOICE),
  /** Finding a function from its graph; the gold is LaTeX, {@code y=\frac{1}{2}x^2-3}. */
  FUNCTION(AnswerType.MATH),
  /** Locating the one object that fits an expression; the gold is a box in fractions. */
  LOCATING(AnswerType.BOX),
  /** Describing a scene; the gold is a short reference text. */
  SCENE(AnswerType.OPEN),
  /** Counting the counters of one colour on a small board; pictures of all levels are alike. */
  TALLY(AnswerType.DIGIT),
  /** Choosing the colour that most counters on a small board have; levels are alike. */
  MAJORITY(AnswerType.CHOICE);

  /** Those that a source has unless its weights say otherwise. */
  static final Set<ProceduralFamily> USUAL =
      Collections.unmodifiableSet(EnumSet.range(COUNTING, SCENE));

  private final AnswerType answerType;

  ProceduralFamily(AnswerType answerType) {
    this.answerType = answerType;
  }

  /** How answers of this family are judged. */
  public AnswerType answerType() {
    return answerType;
  }

  /** The lower case name used in configuration and in the meta text. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The family with this label, ignoring case and surrounding space. */
  public static Optional<ProceduralFamily> fromLabel(String label) {
    String wanted = label.strip().toLowerCase(Locale.ROOT);
    for (ProceduralFamily family : values()) {
      if (family.label().equals(wanted)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }
}
