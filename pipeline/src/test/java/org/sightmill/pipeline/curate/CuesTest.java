package org.sightmill.pipeline.curate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CuesTest {
  private final Cues cues = new Cues(CurateConfig.DEFAULT_CUES);

  @Test
  void findsCuesWhateverTheirCaseInTheConfiguredOrder() {
    assertThat(cues.in("Let me DOUBLE-CHECK. Wait, that is a Mistake."))
        .containsExactly("wait", "double-check", "mistake", "check");
  }

  @Test
  void matchesWithinWordsAsThePaperDoes() {
    assertThat(cues.in("I await the checking of the bagain"))
        .containsExactly("wait", "again", "check");
  }

  @Test
  void findsNothingInNothing() {
    assertThat(cues.in(null)).isEmpty();
    assertThat(cues.in("")).isEmpty();
    assertThat(cues.in("Three balls, two left.")).isEmpty();
  }

  @Test
  void lowersLettersWithoutRegardToTheLocaleOfTheMachine() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
      assertThat(new Cues(List.of("mistake")).in("MISTAKE")).containsExactly("mistake");
      assertThat(Cues.isLowerCase("i should confirm")).isTrue();
    } finally {
      java.util.Locale.setDefault(before);
    }
    assertThat(Cues.isLowerCase("Wait")).isFalse();
  }
}
