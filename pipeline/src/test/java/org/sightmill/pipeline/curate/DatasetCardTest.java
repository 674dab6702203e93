package org.sightmill.pipeline.curate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;

final class DatasetCardTest {
  private final DatasetCard card =
      DatasetCard.of(
          Schemas.of(Boundary.CURATE),
          new TreeMap<>(java.util.Map.of("sft", 1_234L, "rl", 5L, "aha", 0L)));

  @Test
  void namesEachSubsetsFiles() throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonNode config : front().path("configs")) {
      found.add(
          config.path("config_name").asText()
              + " "
              + config.path("data_files").get(0).path("path").asText());
    }
    assertThat(found).containsExactly("aha aha/*.parquet", "rl rl/*.parquet", "sft sft/*.parquet");
  }

  @Test
  void describesEveryColumnInOrderAndThePictureAsAnImage() throws IOException {
    JsonNode features = front().path("dataset_info").get(0).path("features");
    List<String> names = new ArrayList<>();
    features.forEach(feature -> names.add(feature.path("name").asText()));
    assertThat(names).containsExactly(Schemas.of(Boundary.CURATE).fieldNames());
    assertThat(feature(features, "image").path("dtype").asText()).isEqualTo("image");
    assertThat(feature(features, "width").path("dtype").asText()).isEqualTo("int32");
    assertThat(feature(features, "perplexity").path("dtype").asText()).isEqualTo("float64");
    assertThat(feature(features, "choices").path("sequence").asText()).isEqualTo("string");
    JsonNode entry = feature(features, "provenance").path("list");
    assertThat(feature(entry, "input_tokens").path("dtype").asText()).isEqualTo("int64");
  }

  @Test
  void showsTheCountsToPeople(@TempDir Path folder) throws IOException {
    card.write(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
    assertThat(Files.readString(folder.resolve("README.md")))
        .isEqualTo(card.text())
        .contains("| sft | 1,234 |", "| rl | 5 |", "| aha | 0 |");
  }

  private JsonNode front() throws IOException {
    return new YAMLMapper().readTree(card.text().split("---\n")[1]);
  }

  private static JsonNode feature(JsonNode features, String name) {
    for (JsonNode feature : features) {
      if (feature.path("name").asText().equals(name)) {
        return feature;
      }
    }
    throw new AssertionError("no feature " + name + " in " + features);
  }
}
