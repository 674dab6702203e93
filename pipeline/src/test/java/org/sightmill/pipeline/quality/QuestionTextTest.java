package org.sightmill.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuestionTextTest {
  @Test
  void readsWordsNumbersAndSymbols() {
    QuestionText text = QuestionText.of("Given  BC = 1,000.5, is x² < −3? A left-most \\sin.");
    assertThat(text.words())
        .containsExactly(
            "given", "bc", "=", "1000.5", "is", "x", "2", "<", "−", "3", "a", "left", "most",
            "sin");
    assertThat(text.essentials()).containsExactly("BC", "=", "1000.5", "2", "<", "−", "3", "sin");
  }

  @Test
  void ideographsAreWordsOfTheirOwn() {
    assertThat(QuestionText.of("图中有3个球").words()).containsExactly("图", "中", "有", "3", "个", "球");
  }

  @Test
  void nothingHasNoWords() {
    assertThat(QuestionText.of(null).words()).isEmpty();
    assertThat(QuestionText.of("?!").words()).isEmpty();
  }
}
