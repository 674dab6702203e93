package org.sightmill.pipeline.collect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbeddedChoicesTest {
  @Test
  void separatesOptionsThatFollowTheQuestion() {
    assertThat(EmbeddedChoices.separate("What?\nChoices:\nA: \\frac{1}{2}\nB: 2"))
        .contains(new EmbeddedChoices.Separated("What?", List.of("\\frac{1}{2}", "2")));
    assertThat(
            EmbeddedChoices.separate(
                "What? Choose from the following options\nA) one.\nB) two\n   and more"))
        .contains(new EmbeddedChoices.Separated("What?", List.of("one.", "two\nand more")));
  }

  @Test
  void leavesOtherQuestionsAlone() {
    assertThat(EmbeddedChoices.separate("Which is larger,\nA: the first?")).isEmpty();
    assertThat(EmbeddedChoices.separate("How many?")).isEmpty();
    assertThat(EmbeddedChoices.separate("")).isEmpty();
  }
}
