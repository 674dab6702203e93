package org.sightmill.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutFilesTest {
  @TempDir Path folder;

  @Test
  void everyColumnOfTheTableIsThereAndNoAdvantageIsNull() throws IOException {
    RolloutRow row =
        new RolloutRow(
            4,
            "s1",
            "<think>\n",
            9,
            0.5,
            Map.of("digit", 0.5),
            Double.NaN,
            "length",
            3,
            17L,
            "e1",
            "gpu(0)");
    new RolloutFiles(folder, 2).write(4, List.of(row));
    JsonNode found =
        new ObjectMapper().readTree(Files.readString(folder.resolve("step-00000004.jsonl")));
    assertThat(found.fieldNames())
        .toIterable()
        .containsExactly(
            "step",
            "sample_id",
            "completion",
            "tokens",
            "reward",
            "rewards",
            "advantage",
            "finish_reason",
            "policy_version",
            "seed",
            "executor",
            "device");
    assertThat(found.path("advantage").isNull()).isTrue();
    assertThat(found.path("rewards").path("digit").asDouble()).isEqualTo(0.5);
  }

  @Test
  void stepsBetweenAreLeftOut() throws IOException {
    new RolloutFiles(folder, 2).write(3, List.of());
    new RolloutFiles(folder, 0).write(4, List.of());
    assertThat(folder).isEmptyDirectory();
  }
}
