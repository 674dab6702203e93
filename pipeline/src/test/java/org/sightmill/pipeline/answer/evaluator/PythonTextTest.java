package org.sightmill.pipeline.answer.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where Python and Java read a text differently; expected values as CPython 3.11 gives them. */
class PythonTextTest {
  @Test
  void spacesArePythons() {
    assertThat(PythonText.strip("\u00a0\u2003 a b\u3000\u0085\u001c\n")).isEqualTo("a b");
    assertThat(PythonText.strip("\u200b")).isEqualTo("\u200b");
    assertThat(PythonText.words("\u00a0a\u202fb \t c\u2028")).containsExactly("a", "b", "c");
    assertThat(PythonText.words(" \u00a0")).isEmpty();
  }

  @Test
  void numbersArePythons() {
    for (String text : List.of("1_000", " 12\u00a0", "1e3", ".5", "5.", "+7", "1_0.2_5e1_0")) {
      assertThat(PythonText.real(text)).as(text).isPresent();
    }
    for (String text : List.of("1__0", "1_", "_1", "1,000", "0x1p3", "1d", "1f", ".", "e5", "")) {
      assertThat(PythonText.real(text)).as(text).isEmpty();
    }
    assertThat(PythonText.real("١٢.٥")).contains(12.5);
    assertThat(PythonText.real("-Infinity")).contains(Double.NEGATIVE_INFINITY);
    assertThat(PythonText.real("+nan").orElseThrow()).isNaN();
    assertThat(PythonText.real("1e999")).contains(Double.POSITIVE_INFINITY);
    assertThat(PythonText.integer(" +1_2 ")).contains("12");
    assertThat(PythonText.integer("12.0")).isEmpty();
  }

  @Test
  void anOptionIsFoundBehindANoBreakSpace() {
    Map<String, String> options = Map.of("A", "cat", "B", "dog");
    assertThat(EvaluatorRules.canInfer("Answer:\u00a0B", options)).contains("B");
    assertThat(EvaluatorRules.canInfer("answer\u00a0is\u00a0b, as I see it, not a cat", options))
        .contains("B");
  }

  @Test
  void lengthsAreCodePoints() {
    Map<String, String> options = Map.of("A", "𝒳", "B", "𝒴");
    assertThat(EvaluatorRules.canInfer("𝒳 +𝒵", options)).contains("A");
    assertThat(EvaluatorRules.canInfer("𝒳 + 𝒵", options)).isEqualTo(Optional.empty());
    assertThat(EvaluatorRules.anlsDistance("𝒳y", "𝒵y")).isEqualTo(0.5);
    assertThat(EvaluatorRules.dynaMathChoice("𝒳")).contains("𝒳");
  }

  @Test
  void underscoresAreDigitsOnlyBetweenDigits() {
    assertThat(EvaluatorRules.relaxedAccuracy("1000", "1_000")).isTrue();
    assertThat(EvaluatorRules.relaxedAccuracy("1000", "1000_")).isFalse();
    assertThat(EvaluatorRules.vlaaExtract("<answer>\u00a07\u00a0</answer>")).isEqualTo("7");
  }
}
