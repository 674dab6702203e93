package org.sightmill.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.jobs.config.DataSection;
import org.sightmill.jobs.config.ProceduralSection;
import org.sightmill.jobs.spark.LocalSpark;
import org.sightmill.trainer.data.VisualSample;

class CuratedSamplesIT {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "sample_id string, image_path string, question string, choices array<string>,"
              + " answer string, answer_type string, response string, source string");

  @RegisterExtension static final LocalSpark SPARK = new LocalSpark();

  @TempDir private Path folder;

  /** Rows {@code first} to {@code last - 1} as a subset; row 3 has no answer. */
  private String subset(String name, int first, int last) {
    List<Row> rows =
        IntStream.range(first, last)
            .mapToObj(
                i ->
                    RowFactory.create(
                        "s" + i,
                        "images/" + i,
                        "q" + i,
                        null,
                        i == 3 ? null : "1",
                        "digit",
                        "r",
                        i % 3 == 0 ? "thirds" : "rest"))
            .toList();
    String path = folder.resolve(name).toString();
    SPARK.session().createDataFrame(rows, SCHEMA).write().parquet(path);
    return path;
  }

  private TrainingSamples read(String path, String without, String... sources) {
    DataSection data = new DataSection(path, null, without, List.of(sources), null, 0, 0);
    return CuratedSamples.of(SPARK.session(), data, folder.toString(), 1);
  }

  @Test
  void rowsThatALaterPhaseSeesAreLeftOutAndCounted() {
    String aha = subset("aha", 0, 10);
    String rl = subset("rl", 6, 30);
    TrainingSamples all = read(aha, null);
    TrainingSamples kept = read(aha, rl);
    assertThat(all.training()).hasSize(9);
    assertThat(all.counts()).isEqualTo(new TrainingSamples.LeftOut(1, 0, 0));
    assertThat(kept.training().stream().map(VisualSample::sampleId))
        .containsExactlyInAnyOrder("s0", "s1", "s2", "s4", "s5");
    assertThat(kept.counts()).isEqualTo(new TrainingSamples.LeftOut(1, 4, 0));
  }

  @Test
  void rowsOfOtherSourcesAreLeftOutAndCounted() {
    TrainingSamples kept = read(subset("rl", 0, 10), null, "thirds", "unknown");
    assertThat(kept.training().stream().map(VisualSample::sampleId))
        .containsExactlyInAnyOrder("s0", "s6", "s9");
    assertThat(kept.counts()).isEqualTo(new TrainingSamples.LeftOut(1, 0, 6));
  }

  @Test
  void generatedRowsHaveNothingToLeaveOut() {
    assertThatThrownBy(
            () -> new DataSection(null, null, "rl", List.of(), ProceduralSection.DEFAULT, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "without and procedural exclude each other: generated rows have ids of their own");
  }
}
