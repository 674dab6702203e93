package org.sightmill.pipeline.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WholeFunctionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Find the equation of the line. | a = 2, b = -1 | true",
        "What is the function's expression? | k = 3 | true",
        "What is the function's expression? | y = 3x | false",
        "What is the function's expression? | f = 3 | false",
        "Find x. | a = 2 | false",
        "Find the equation. | 2x + 1 | false"
      })
  void coefficientsWhereAFunctionIsAskedForAreAPart(String question, String gold, boolean part) {
    assertThat(WholeFunction.isOnlyCoefficients(question, gold)).isEqualTo(part);
  }

  @Test
  void valuesGoIntoTheFunctionOfTheTwin() {
    assertThat(WholeFunction.of("a = 2, b = -1", "The line y = a * x + b passes through (1, 1)."))
        .contains("y = 2 * x + (-1)");
    assertThat(WholeFunction.of("a = -5", "The function y = a * sin(-5 * x) goes up."))
        .contains("y = -5 * sin(-5 * x)");
    assertThat(WholeFunction.of("a = -5", "A sine through (0, 0).")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y = 2x - 3",
        "$y = 2x - 3$.",
        "\\(y = 2x - 3\\)",
        "**y = 2x - 3**",
        "With a = 2 and b = -3:\ny = a x + b, so y = 2x - 3\n",
        "y = a x + b\nThe function is `y = 2x - 3`.",
      })
  void theLastFunctionIsWhatATextComesTo(String text) {
    assertThat(WholeFunction.said("a = 2, b = -3", text)).contains("y = 2x - 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2x - 3",
        "a = 2, b = -3",
        "y = ax - 3",
        "y = 2x - 4",
        "y = 2x - 3, or rather y = 3x - 2 + b",
        "y ="
      })
  void otherTextsCompleteNothing(String text) {
    assertThat(WholeFunction.said("a = 2, b = -3", text)).isEmpty();
  }

  @Test
  void onesAndZerosNeedNotBeWritten() {
    assertThat(WholeFunction.said("a = 1, b = 0, c = 1/2", "f(x) = x^2 + \\frac{1}{2}"))
        .contains("f(x) = x^2 + \\frac{1}{2}");
  }
}
