package org.sightmill.pipeline.collect.source.procedural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.sample.AnswerType;

class RationaleTest {
  private static final int ROWS = 5000;
  private static final ProceduralConfig CONFIG = ProceduralConfig.defaults(99, ROWS);
  private static final List<ProceduralLabel> LABELS =
      LongStream.range(0, ROWS).mapToObj(new ProceduralSource(CONFIG)::label).toList();

  /** The paper's cues, matched as lower-case substrings. */
  private static final List<String> CUES =
      List.of(
          "wait",
          "again",
          "double-check",
          "hmm",
          "mistake",
          "alternatively",
          "check",
          "i should confirm");

  private static boolean hasAny(String text, List<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }

  private static boolean speaksOfTheCaption(ProceduralLabel label) {
    return hasAny(label.rationale(), List.of("caption", "description"));
  }

  @Test
  void reflectsOnHardItemsOnly() {
    assertThat(LABELS)
        .allSatisfy(
            label ->
                assertThat(hasAny(label.rationale() + label.concludedAnswer(), CUES))
                    .as(label.rationale())
                    .isEqualTo(CONFIG.isReflective(label.difficulty())));
  }

  @Test
  void concludesWronglyAtTheStatedRate() {
    long wrong = LABELS.stream().filter(l -> !l.concludedAnswer().equals(l.answer())).count();

    assertThat(wrong / (double) ROWS).isCloseTo(0.08, within(0.012));
  }

  @Test
  void concludesWronglyExactlyWhenToldTo() {
    assertThat(withRates(0, 0))
        .allSatisfy(label -> assertThat(label.concludedAnswer()).isEqualTo(label.answer()));
    assertThat(withRates(1, 0))
        .allSatisfy(label -> assertThat(label.concludedAnswer()).isNotEqualTo(label.answer()));
  }

  @Test
  void speaksOfTheCaptionAtTheStatedRate() {
    long mentioning = LABELS.stream().filter(RationaleTest::speaksOfTheCaption).count();

    assertThat(mentioning / (double) ROWS).isCloseTo(0.3, within(0.02));
    assertThat(withRates(0, 0)).noneMatch(RationaleTest::speaksOfTheCaption);
    assertThat(withRates(0, 1)).allMatch(RationaleTest::speaksOfTheCaption);
  }

  @Test
  void speaksOfTheCaptionMostlyInAFewPlaces() {
    List<ProceduralLabel> all = withRates(0, 1);

    long few = all.stream().filter(label -> mentions(label.rationale()) <= 4).count();

    assertThat(few / (double) all.size()).isBetween(0.8, 0.99);
  }

  private static int mentions(String text) {
    return text.split("caption|description", -1).length - 1;
  }

  private static List<ProceduralLabel> withRates(double wrong, double mention) {
    ProceduralSource source =
        new ProceduralSource(
            new ProceduralConfig(
                5, 1500, ProceduralConfig.equalWeights(), 5, wrong, mention, 320, 512));
    return LongStream.range(0, 1500).mapToObj(source::label).toList();
  }

  @Test
  void endsWithTheConcludedAnswer() {
    assertThat(LABELS)
        .allSatisfy(
            label -> {
              String last =
                  label.rationale().substring(label.rationale().lastIndexOf("he answer is"));
              assertThat(last).contains(label.concludedAnswer()).endsWith(".");
            });
  }

  @Test
  void tellsTheSameRightOrWrong() {
    ProceduralLabel right = withRates(0, 0).get(3);
    ProceduralLabel wrong = withRates(1, 0).get(3);

    assertThat(wrong.question()).isEqualTo(right.question());
    assertThat(wrong.context()).isEqualTo(right.context());
    assertThat(wrong.meta()).isEqualTo(right.meta());
  }

  @Test
  void variesItsWords() {
    Set<String> rationales = new HashSet<>();
    LABELS.forEach(label -> rationales.add(label.rationale()));

    assertThat(rationales.size()).isGreaterThan((int) (0.99 * ROWS));
  }

  @Test
  void speaksCleanEnglish() {
    for (ProceduralLabel label : LABELS) {
      assertThat(label.rationale() + " " + label.context() + " " + label.question())
          .doesNotContain("  ", "%s", "null", " .", "..", " ,", "--")
          .doesNotContain("there are 1 ", "There are 1 ", " 1 objects")
          .doesNotContainPattern("\\b[Aa] (orange|outlined|object|absolute|exponential)\\b")
          .doesNotContainPattern("\\b[Aa]n [bcdfghjklmnpqrstvwxyz]")
          .doesNotContainPattern("[.?!] [a-z]");
    }
  }

  @Test
  void offersDifferentOptionsOfWhichOneIsTheGold() {
    assertThat(LABELS)
        .allSatisfy(
            label -> {
              assertThat(label.choices() != null)
                  .isEqualTo(label.answerType() == AnswerType.CHOICE);
              if (label.choices() != null) {
                assertThat(label.choices().options()).doesNotHaveDuplicates();
                assertThat(label.choices().size()).isBetween(3, 5);
                assertThat(label.choices().indexOf(label.answer().charAt(0))).isPresent();
              }
            });
  }
}
