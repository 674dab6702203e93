package org.sightmill.pipeline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.collect.image.ImageStore;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.StepReport;

final class CollectStepIT {
  private static final String RESOURCES = "src/test/resources/org/sightmill/pipeline/collect/";

  @TempDir Path root;

  @Test
  void collectsRealItemsOfFourPublicSets() throws Exception {
    CollectRun run =
        CollectRun.of(
            root, items("bccd"), items("dynamath"), items("mathvision"), items("puzzlevqa"));

    StepReport report = run.run();

    assertThat(run.reasons()).isEmpty();
    assertThat(report.counts()).isEqualTo(new Counts(20, 0, 20, 0, 0));
    Map<String, Row> rows = run.byId();
    assertThat(rows.values()).extracting(row -> row.getAs("answer_type")).doesNotContainNull();
    for (Row row : rows.values()) {
      Path picture = run.folder().resolve(row.<String>getAs("image_path"));
      assertThat(ImageStore.sha256(Files.readAllBytes(picture)))
          .isEqualTo(row.getAs("image_sha256"));
    }
  }

  private static SourceConfig items(String name) {
    return SourceConfig.of(name, "generic", RESOURCES + name + "/items.jsonl");
  }
}
