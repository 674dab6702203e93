package org.sightmill.pipeline.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.teacher.ThinkParts.Status;

final class ThinkPartsTest {

  @Test
  void takesInlineTagsApart() {
    assertThat(ThinkParts.of("<think>\nwell\n</think>\n\n 5 "))
        .isEqualTo(new ThinkParts(Status.COMPLETE, "well", "5"));
  }

  @Test
  void takesTheSeparateField() {
    assertThat(ThinkParts.of(reply("5", "well")))
        .isEqualTo(new ThinkParts(Status.COMPLETE, "well", "5"));
  }

  @Test
  void theSeparateFieldCountsMoreThanEmptyTagsInTheText() {
    assertThat(ThinkParts.of(reply("<think>\n\n</think>\n5", "well")))
        .isEqualTo(new ThinkParts(Status.COMPLETE, "well", "5"));
  }

  @Test
  void aBlankSeparateFieldIsNone() {
    assertThat(ThinkParts.of(reply("<think>well</think>5", " ")).status())
        .isEqualTo(Status.COMPLETE);
    assertThat(ThinkParts.of(reply("5", "")).status()).isEqualTo(Status.THINK_MISSING);
  }

  @Test
  void theOpeningTagMayBeInThePrompt() {
    assertThat(ThinkParts.of("well</think>5"))
        .isEqualTo(new ThinkParts(Status.COMPLETE, "well", "5"));
  }

  @Test
  void takesAnswerTagsOff() {
    assertThat(ThinkParts.of("<think>well</think> <answer> 5 </answer>").answer()).isEqualTo("5");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(ThinkParts.of("5").status()).isEqualTo(Status.THINK_MISSING);
    assertThat(ThinkParts.of("").status()).isEqualTo(Status.THINK_MISSING);
    assertThat(ThinkParts.of("<think> </think>5").status()).isEqualTo(Status.THINK_MISSING);
    assertThat(ThinkParts.of("<think>on and on").status()).isEqualTo(Status.THINK_UNCLOSED);
    assertThat(ThinkParts.of("<think>a</think>b<think>c").status())
        .isEqualTo(Status.THINK_UNCLOSED);
    assertThat(ThinkParts.of("<think>well</think>  ").status()).isEqualTo(Status.ANSWER_MISSING);
    assertThat(ThinkParts.of("<think>well</think><answer> </answer>").status())
        .isEqualTo(Status.ANSWER_MISSING);
    assertThat(ThinkParts.of(reply(null, "well")).status()).isEqualTo(Status.ANSWER_MISSING);
  }

  @Test
  void whatIsJoinedComesApartAgain() {
    assertThat(ThinkParts.of(ThinkParts.join("a\n\nb", "c d")))
        .isEqualTo(new ThinkParts(Status.COMPLETE, "a\n\nb", "c d"));
  }

  @Test
  void neverFailsOnAnyMixOfTags() {
    String[] pieces = {"<think>", "</think>", "<answer>", "</answer>", " ", "x", "\n", "<", ">"};
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(10); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      ThinkParts parts = ThinkParts.of(text.toString());
      assertThat(parts.status() == Status.COMPLETE)
          .as("parts of '%s'", text)
          .isEqualTo(!parts.thinking().isEmpty() && !parts.answer().isEmpty());
    }
  }

  private static TeacherReply.Answer reply(String text, String reasoning) {
    return new TeacherReply.Answer(text, reasoning, null);
  }
}
