package org.sightmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.engine.ComputeType;

class ForwardGoldenTest extends GoldenFixture {
  private static final float TOLERANCE = 2e-4f;

  private static Policy policy;

  @BeforeAll
  static void load() {
    policy = Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32));
  }

  @Test
  void positionsAndDeltasEqualTheReference() {
    List<Prompt> prompts = golden.forwardPrompts();
    for (int row = 0; row < prompts.size(); row++) {
      RopePositions positions = RopePositions.of(prompts.get(row), policy.config());
      for (int axis = 0; axis < 3; axis++) {
        int[] expected =
            GoldenModel.ints(golden.at("/forward/position_ids_valid").get(row).get(axis));
        assertThat(positions.axes()[axis])
            .containsExactly(java.util.Arrays.stream(expected).asLongStream().toArray());
      }
      assertThat(positions.delta()).isEqualTo(golden.at("/forward/rope_deltas").get(row).asLong());
    }
  }

  @Test
  void logitsAgreeWithTheReferencePaddedOnTheLeft() {
    assertForward(golden.padding());
  }

  @Test
  void logitsAgreeWithTheReferencePaddedOnTheRight() {
    assertForward(Padding.RIGHT);
  }

  private static void assertForward(Padding padding) {
    List<Prompt> prompts = golden.forwardPrompts();
    try (PromptPass pass = policy.encode(root, prompts, padding, PassMode.FORWARD_ONLY)) {
      assertThat(pass.imageTokens().toFloatArray())
          .containsExactly(
              golden.floats(golden.at("/forward/files/visual_embeds")), within(TOLERANCE));
      float[] found = pass.logits(root).toFloatArray();
      assertLogits(pass.batch(), found);
    }
  }

  private static void assertLogits(PromptBatch batch, float[] found) {
    float[] expected = golden.floats(golden.at("/forward/files/logits"));
    int vocabulary = policy.config().text().vocabulary();
    int width = golden.at("/forward/input_ids").get(0).size();
    for (int row = 0; row < batch.rows(); row++) {
      for (int i = 0; i < batch.prompts().get(row).length(); i++) {
        int mine = batch.cell(row, i) * vocabulary;
        int theirs = (row * width + golden.forwardStart(row) + i) * vocabulary;
        for (int v = 0; v < vocabulary; v++) {
          assertThat(found[mine + v])
              .as("row %d, token %d, logit %d", row, i, v)
              .isCloseTo(expected[theirs + v], within(TOLERANCE));
        }
      }
    }
  }
}
