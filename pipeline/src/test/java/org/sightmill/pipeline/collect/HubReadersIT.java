package org.sightmill.pipeline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.official.OfficialHub;

/** The second distribution of the sources that have one, each with its dirt. */
final class HubReadersIT {
  @TempDir static Path folder;
  private static Collected collected;

  @BeforeAll
  static void collect() throws IOException {
    Path hub = OfficialHub.layOut(TestSpark.session(), folder.resolve("hub"));
    CollectRun run =
        CollectRun.of(
            folder.resolve("out"),
            CollectRun.source("clevr_math", "clevr-math", hub.resolve("onevision"), Map.of()),
            CollectRun.source("geoqa170k", "geo170k", hub.resolve("onevision"), Map.of()),
            CollectRun.source("docvqa", "docvqa", hub.resolve("docvqa"), Map.of("split", "val")),
            CollectRun.source("snake", "docvqa", hub.resolve("docvqa-snake"), Map.of()));
    run.run();
    collected = Collected.of(run);
  }

  @Test
  void clevrMathReadsAllFilesOfItsConfigurationAndNoOther() {
    assertThat(collected.answers("clevr_math"))
        .containsExactly(
            "clevr_math-CLEVR-Math/CLEVR_train_000000-0 digit 2",
            "clevr_math-CLEVR-Math/CLEVR_train_000000-1 digit 6",
            "clevr_math-CLEVR-Math/CLEVR_train_000003-3 digit 1");
    assertThat(collected.text("clevr_math-CLEVR-Math/CLEVR_train_000000-0", "question"))
        .isEqualTo("Take away all blue balls. How many things remain?");
    assertThat(collected.text("clevr_math-CLEVR-Math/CLEVR_train_000000-1", "license"))
        .isEqualTo("Apache-2.0 label; academic research and education only");
    assertThat(collected.reasons("clevr_math"))
        .containsExactly(
            "clevr_math-CLEVR-Math/CLEVR_train_000001-2 ANSWER_NOT_MARKED",
            "clevr_math-CLEVR-Math/CLEVR_train_000004-4 FIELD_MISSING");
    // A row without an id cannot be listed under one.
    assertThat(collected.reasons().values())
        .anyMatch(reason -> reason.startsWith("FIELD_MISSING: ") && reason.contains("id"));
  }

  @Test
  void geo170kReadsQuestionsAndLeavesAlignmentAlone() {
    assertThat(collected.answers("geoqa170k"))
        .containsExactly("geoqa170k-geoqa_plus_1 choice B", "geoqa170k-geoqa_plus_1-2 choice B");
    assertThat(collected.text("geoqa170k-geoqa_plus_1", "question"))
        .isEqualTo("Angle AOB at the centre is 80 degrees. What is angle ACB?");
    assertThat(collected.reasons("geoqa170k"))
        .containsExactly(
            "geoqa170k-geo3k_2 ANSWER_NOT_MARKED", "geoqa170k-geo3k_3 IMAGE_NOT_AN_IMAGE");
  }

  @Test
  void docVqaReadsCamelAndSnakeAndLeavesInfographicsAlone() {
    assertThat(collected.answers("docvqa"))
        .containsExactly("docvqa-337 open 1/8/93", "docvqa-338 digit 1,250.50");
    assertThat(collected.text("docvqa-338", "meta"))
        .isEqualTo(
            "{\"answers\":[\"1,250.50\",\"1250.50\"],\"question_types\":[\"table/list\"],"
                + "\"doc_id\":280}");
    assertThat(collected.reasons("docvqa"))
        .containsExactly("docvqa-339 FIELD_MISSING", "docvqa-340 IMAGE_EMPTY");
    assertThat(collected.answers("snake")).containsExactly("snake-12 open Leeds");
  }
}
