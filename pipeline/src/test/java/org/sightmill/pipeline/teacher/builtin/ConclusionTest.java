package org.sightmill.pipeline.teacher.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ConclusionTest {

  @Test
  void readsWhatFollowsTheLastAnswerIs() {
    assertThat(of("Is the answer is 4? Wait. So the answer is 3.")).isEqualTo("3");
    assertThat(of("Therefore, the answer is 3.5.")).isEqualTo("3.5");
    assertThat(of("The answer is y=2x+1.")).isEqualTo("y=2x+1");
    assertThat(of("The answer is \\frac{1}{2}.")).isEqualTo("\\frac{1}{2}");
    assertThat(of("The answer is [0.125, 0.2, 0.5, 0.75].")).isEqualTo("[0.125, 0.2, 0.5, 0.75]");
    assertThat(of("Sum it up.\n**Answer:** 12")).isEqualTo("12");
  }

  @Test
  void stopsBehindTheSentenceUnlessAColonLeadsIn() {
    assertThat(of("The answer is 3. This agrees with the picture.")).isEqualTo("3");
    assertThat(of("The answer is: A red ball. It lies on a cube."))
        .isEqualTo("A red ball. It lies on a cube.");
  }

  @Test
  void readsTheClaimOfTheLastSentence() {
    assertThat(of("We count. The missing number of the circle should be 5.")).isEqualTo("5");
    assertThat(of("There remain three.")).isEqualTo("There remain three");
  }

  @Test
  void namesTheOptionByItsText() {
    assertThat(of("..., the missing number should be 5.", "4", "5")).isEqualTo("B: 5");
    assertThat(of("the missing shape should be a square.", "hexagon", "square"))
        .isEqualTo("B: square");
    assertThat(of("The answer is 15.", "5", "15")).isEqualTo("B: 15");
    assertThat(of("The missing number of the row [7, '?', 9] should be 7.", "9", "7"))
        .isEqualTo("B: 7");
  }

  @Test
  void prefersTheLongestOptionThatEndsThere() {
    assertThat(of("the missing color should be light red.", "red", "light red"))
        .isEqualTo("B: light red");
  }

  @Test
  void namesTheOptionByItsLetter() {
    assertThat(of("So the answer is B.", "4", "5")).isEqualTo("B: 5");
    assertThat(of("So the answer is (B).", "4", "5")).isEqualTo("B: 5");
    assertThat(of("So the answer is option B: 5.", "4", "5")).isEqualTo("B: 5");
  }

  @Test
  void leavesWhatNamesNoOptionAsItIs() {
    assertThat(of("So the answer is 9.", "4", "5")).isEqualTo("9.");
    assertThat(of("So the answer is Z.", "4", "5")).isEqualTo("Z.");
  }

  @Test
  void aRationaleThatEndsInAColonStillConcludesSomething() {
    assertThat(of("We have 4. The answer is:")).isNotBlank();
  }

  @Test
  void neverFailsAndIsNeverBlank() {
    String[] pieces = {
      "the answer is", "Answer:", " ", ".", "\n", "A", "(", "should be ", "5", "*"
    };
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("x");
      for (int n = random.nextInt(10); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(of(text.toString())).as("conclusion of '%s'", text).isNotBlank();
      assertThat(of(text.toString(), "5", "A")).as("conclusion of '%s'", text).isNotBlank();
    }
  }

  private static String of(String rationale, String... options) {
    return Conclusion.of(rationale, options.length == 0 ? null : List.of(options));
  }
}
