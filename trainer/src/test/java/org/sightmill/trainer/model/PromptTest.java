package org.sightmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
  private static final QwenConfig CONFIG =
      new QwenConfig(
          new TextConfig(32, 64, 1, 4, 2, 100, 1e-6, 1e6, List.of(1, 1, 2)),
          new VisionConfig(1, 16, 32, 2, 32, 3, 14, 2, 2, 112, List.of(0)),
          90,
          91,
          92,
          93,
          false);

  @Test
  void textAroundAPictureTakesUpAfterItsLongerSide() {
    PatchGrid image = new PatchGrid(new float[24], 1, 4, 6);
    Prompt prompt = new Prompt(new int[] {1, 90, 90, 90, 90, 90, 90, 2}, List.of(image));
    RopePositions positions = RopePositions.of(prompt, CONFIG);
    assertThat(positions.axes()[0]).containsExactly(0, 1, 1, 1, 1, 1, 1, 4);
    assertThat(positions.axes()[1]).containsExactly(0, 1, 1, 1, 2, 2, 2, 4);
    assertThat(positions.axes()[2]).containsExactly(0, 1, 2, 3, 1, 2, 3, 4);
    assertThat(positions.next()).isEqualTo(5);
    assertThat(positions.delta()).isEqualTo(-3);
  }

  @Test
  void refusesImageTokensThatDoNotMatchThePictures() {
    PatchGrid image = new PatchGrid(new float[24], 1, 4, 6);
    Prompt prompt = new Prompt(new int[] {1, 90, 90}, List.of(image));
    assertThatThrownBy(() -> RopePositions.of(prompt, CONFIG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prompt has 2 image tokens but its 1 picture(s) give 6");
  }

  @Test
  void refusesTokensOutsideOfTheVocabulary() {
    Prompt prompt = new Prompt(new int[] {1, 100}, List.of());
    assertThatThrownBy(() -> PromptBatch.of(List.of(prompt), Padding.RIGHT, CONFIG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token id 100 is outside of the vocabulary of 100");
  }

  @Test
  void windowsAtTheEdgeAreSmallerAndEveryUnitIsSeenOnce() {
    VisionLayout layout =
        VisionLayout.of(List.of(new PatchGrid(new float[12 * 20], 1, 12, 20)), CONFIG.vision());
    assertThat(layout.windows().lengths()).containsExactly(64, 64, 32, 32, 32, 16);
    assertThat(layout.frames().lengths()).containsExactly(240);
    assertThat(layout.order()).doesNotHaveDuplicates().hasSize(60);
    for (int i = 0; i < 60; i++) {
      assertThat(layout.inverse()[(int) layout.order()[i]]).isEqualTo(i);
    }
  }

  @Test
  void aPlanThatDoesNotFitNamesItsParts() {
    MemoryPlan plan =
        MemoryPlan.of(
            CONFIG,
            PolicyOptions.whole(org.sightmill.trainer.engine.ComputeType.BFLOAT16),
            new MemoryPlan.Load(4, 100, PassMode.KEEP_ACTIVATIONS));
    assertThat(plan.masters()).isEqualTo(2 * plan.weights());
    assertThat(plan.moments()).isEqualTo(2 * plan.gradients());
    plan.requireFits(plan.totalBytes());
    assertThatThrownBy(() -> plan.requireFits(plan.totalBytes() - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the run needs at least")
        .hasMessageContaining(plan.describe());
  }
}
