package org.sightmill.pipeline.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.answer.Completion.Status;

class CompletionTest {
  private static void check(String text, String answer, Status status) {
    Completion completion = Completion.split(text);
    assertThat(completion.answer().orElse(null)).as(text).isEqualTo(answer);
    assertThat(completion.status()).as(text).isEqualTo(status);
  }

  @Test
  void separatesThinkingFromTheAnswer() {
    Completion completion = Completion.split("<think> why </think> <answer> 3 </answer>");
    assertThat(completion.think()).isEqualTo("why");
    assertThat(completion.answer()).contains("3");
    assertThat(completion.status()).isEqualTo(Status.WELL_FORMED);
  }

  @Test
  void takesTheLastBlockWithContent() {
    check("<think>r</think><answer>3</answer><answer>4</answer>", "4", Status.RECOVERED);
    check("<think>r</think><answer>3</answer><answer> </answer>", "3", Status.RECOVERED);
  }

  @Test
  void takesNoBlockThatIsOpenOrEmpty() {
    check("<think>r</think><answer>3", null, Status.NO_ANSWER);
    check("<think>r</think><answer></answer>", null, Status.EMPTY_ANSWER);
    check("<think>r</think>3</answer>", null, Status.NO_ANSWER);
  }

  @Test
  void takesNoBlockOfTheThinking() {
    check("<think>try <answer>3</answer> first</think>", null, Status.NO_ANSWER);
    check("<think>try <answer>3</answer></think><answer>4</answer>", "4", Status.RECOVERED);
    check("<think>r<answer>3</answer>", "3", Status.RECOVERED);
  }

  @Test
  void takesTheInnermostOfNestedBlocks() {
    check("<think>r</think><answer><answer>3</answer></answer>", "3", Status.RECOVERED);
  }

  @Test
  void knowsTextWithoutTags() {
    check("just 3", null, Status.UNTAGGED);
    check("", null, Status.UNTAGGED);
    check("< answer>3</ answer>", null, Status.UNTAGGED);
  }
}
