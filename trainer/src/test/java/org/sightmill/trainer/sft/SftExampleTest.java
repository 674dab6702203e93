package org.sightmill.trainer.sft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.model.Prompt;

class SftExampleTest {
  @Test
  void promptAndPictureTokensAreMasked() {
    SftExample example = example(3, 2);
    assertThat(example.chosen()).containsExactly(false, false, false, true, true);
    assertThat(example.replyTokens()).isEqualTo(2);
  }

  @Test
  void batchesHoldEveryExampleOnceWithinTheBudget() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      List<SftExample> examples = new ArrayList<>();
      for (int i = 1 + random.nextInt(20); i > 0; i--) {
        examples.add(example(1 + random.nextInt(30), 1 + random.nextInt(10)));
      }
      int budget = 40 + random.nextInt(100);
      List<List<SftExample>> batches = SftExample.batches(examples, budget);
      assertThat(batches.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(examples);
      assertThat(batches)
          .allSatisfy(
              batch ->
                  assertThat(batch.get(0).length() * batch.size()).isLessThanOrEqualTo(budget));
    }
  }

  @Test
  void anExampleBeyondTheBudgetIsABatchOfItsOwn() {
    List<SftExample> examples = List.of(example(50, 5), example(2, 1), example(2, 1));
    assertThat(SftExample.batches(examples, 10)).hasSize(2);
    assertThat(SftExample.batches(List.of(), 10)).isEmpty();
  }

  private static SftExample example(int prompt, int reply) {
    return SftExample.of(new Prompt(new int[prompt], List.of()), new int[reply]);
  }
}
