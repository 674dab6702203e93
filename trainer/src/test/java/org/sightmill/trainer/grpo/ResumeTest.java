package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.engine.Scope;

class ResumeTest {
  @TempDir Path scratch;
  private Path model;

  @BeforeEach
  void makeModel() {
    try (Scope root = Scope.on(Device.cpu())) {
      model = TinySetups.model(root, scratch.resolve("model"));
    }
  }

  @Test
  void aResumedRunEndsBitForBitAsAnUninterruptedOne() throws IOException {
    Path whole = scratch.resolve("whole");
    Path parts = scratch.resolve("parts");
    new TinyGrpo(model, whole).train(4, KlSettings.Place.LOSS);
    new TinyGrpo(model, parts).train(2, KlSettings.Place.LOSS);
    new TinyGrpo(model, parts).train(4, KlSettings.Place.LOSS);
    assertSame(whole, parts, 4);
    assertThat(Files.readAllLines(parts.resolve("metrics.jsonl"))).hasSize(4);
  }

  static void assertSame(Path expected, Path found, int step) throws IOException {
    String state = "checkpoints/step-%08d/".formatted(step);
    for (String file : new String[] {"state.safetensors", "state.json"}) {
      assertThat(found.resolve(state + file))
          .hasSameBinaryContentAs(expected.resolve(state + file));
    }
    assertThat(metrics(found, step)).isEqualTo(metrics(expected, step));
  }

  /** A line of metrics without what a clock says. */
  private static String metrics(Path run, int step) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl"))
        .get(step - 1)
        .replaceAll("\"(timing_s/\\w+|step_time|tokens_per_second)\":[^,}]+,?", "");
  }
}
