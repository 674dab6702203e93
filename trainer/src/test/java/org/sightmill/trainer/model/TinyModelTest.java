package org.sightmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;

class TinyModelTest {
  @TempDir Path scratch;

  @Test
  void loadsRunsAndIsTheSameForTheSameSeed() throws IOException {
    TinyModel tiny = new TinyModel(300, 128, 2);
    try (Scope root = Scope.on(Device.cpu())) {
      tiny.write(root, scratch.resolve("a"), 7);
      tiny.write(root, scratch.resolve("b"), 7);
      assertThat(scratch.resolve("a/model.safetensors"))
          .hasSameBinaryContentAs(scratch.resolve("b/model.safetensors"));
      try (Policy policy =
              Policy.load(root, scratch.resolve("a"), PolicyOptions.frozen(ComputeType.FLOAT32));
          PromptPass pass =
              policy.encode(root, List.of(picture()), Padding.RIGHT, PassMode.FORWARD_ONLY)) {
        float[] scores = pass.score(List.of(new boolean[] {false, false, true}), 1);
        assertThat(scores[0]).isBetween(-8f, -4f);
      }
    }
  }

  private static Prompt picture() {
    PatchGrid image = new PatchGrid(new float[4 * 1176], 1, 2, 2);
    return new Prompt(new int[] {1, 298, 2}, List.of(image));
  }

  @Test
  void refusesAWidthWithoutWholeHeads() {
    assertThatThrownBy(() -> new TinyModel(300, 100, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a width divisible by 64");
  }

  @Test
  void writesArchivesOfItsPrograms() throws IOException {
    try (Scope root = Scope.on(Device.cpu())) {
      new TinyModel(300, 64, 1).write(root, scratch, 1);
    }
    ProgramArchives.write(
        scratch, PolicyOptions.frozen(ComputeType.FLOAT32), scratch.resolve("programs"));
    for (String name : List.of("Vision.pt", "Text.pt", "Head.pt")) {
      assertThat(Files.readAllBytes(scratch.resolve("programs").resolve(name)))
          .startsWith('P', 'K');
    }
  }
}
