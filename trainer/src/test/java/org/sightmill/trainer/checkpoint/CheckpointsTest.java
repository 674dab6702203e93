package org.sightmill.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder;

  @Test
  void theNewestAndTheBestStay() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 2);
    for (int step = 1; step <= 5; step++) {
      checkpoints.write(step, state(step), partial -> {});
      if (step == 2) {
        checkpoints.markBest(2, 0.9);
      }
    }
    assertThat(names())
        .containsExactly("best.json", "step-00000002", "step-00000004", "step-00000005");
    assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(5);
    assertThat(checkpoints.latest().orElseThrow().state().path("step").asInt()).isEqualTo(5);
    assertThat(checkpoints.best()).hasValue(2);
  }

  @Test
  void aFullDiskLeavesTheOneBeforeAndFreesWhatItTook() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 1);
    checkpoints.write(1, state(1), partial -> Files.writeString(partial.resolve("weights"), "one"));
    assertThatThrownBy(
            () ->
                checkpoints.write(
                    2,
                    state(2),
                    partial -> {
                      Files.writeString(partial.resolve("weights"), "tw");
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "checkpoint %s can't be written: java.io.IOException: No space left on device"
                .formatted(folder.resolve("step-00000002")));
    assertThat(names()).containsExactly("step-00000001");
    assertThat(checkpoints.latest().orElseThrow().folder().resolve("weights")).hasContent("one");
  }

  @Test
  void whoKeepsCopiesIsToldWhenAResumePointIsWholeAndWhenOneIsMarked() throws IOException {
    List<List<String>> told = new ArrayList<>();
    Checkpoints checkpoints = new Checkpoints(folder, 1, () -> told.add(names()));
    checkpoints.write(1, state(1), partial -> {});
    checkpoints.write(2, state(2), partial -> {});
    checkpoints.markBest(2, 0.5);
    assertThat(told)
        .containsExactly(
            List.of("step-00000001"),
            List.of("step-00000002"),
            List.of("best.json", "step-00000002"));
  }

  @Test
  void whatACrashLeftHalfWrittenIsNoResumePoint() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 1);
    checkpoints.write(1, state(1), partial -> {});
    Files.createDirectory(folder.resolve("step-00000002.partial"));
    Files.writeString(folder.resolve("step-00000002.partial/weights"), "half");
    assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(1);
    checkpoints.write(2, state(2), partial -> {});
    assertThat(names()).containsExactly("step-00000002");
  }

  @Test
  void aFreshRunRemovesOldOnes() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder, 1);
    checkpoints.write(1, state(1), partial -> {});
    checkpoints.markBest(1, 1);
    checkpoints.clear();
    assertThat(names()).isEmpty();
    assertThat(checkpoints.latest()).isEmpty();
  }

  @Test
  void refusesToKeepNone() {
    assertThatThrownBy(() -> new Checkpoints(folder, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("save_total_limit must be at least 1 but was 0");
  }

  private static ObjectNode state(int step) {
    return new ObjectMapper().createObjectNode().put("step", step);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
