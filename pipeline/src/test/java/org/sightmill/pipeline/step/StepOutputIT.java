package org.sightmill.pipeline.step;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.TestRows;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Schemas;

final class StepOutputIT {
  private static final Fingerprint FINGERPRINT =
      Fingerprint.builder(StepName.CAPTION, 1, Schemas.VERSION).build();

  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();

  @Test
  void writesOutputRejectsAndAReportThatAddsUp() {
    RunStore store = store();
    StepReport report = run(store, rows(10));

    assertThat(report.counts()).isEqualTo(new Counts(10, 0, 8, 2, 0));
    assertThat(report.rows(RejectClass.FILTERED)).isEqualTo(2);
    assertThat(report.faultFraction()).isZero();
    assertThat(report.files().stream().mapToLong(DataFile::rows).sum()).isEqualTo(8);
    assertThat(store.report(StepName.CAPTION)).contains(report);
    assertThat(store.rows(spark, report).count()).isEqualTo(8);
    Dataset<Row> rejected =
        spark.read().parquet(store.layout().rejected(StepName.CAPTION).toString());
    assertThat(rejected.select("code", "class", "detail").distinct().collectAsList())
        .singleElement()
        .hasToString("[WORD_DELTA_EXCEEDED,FILTERED,planted]");
  }

  @Test
  void leavesNoStagingBehind() {
    RunStore store = store();
    run(store, rows(3));
    assertThat(root.resolve("run/_staging/caption")).doesNotExist();
  }

  @Test
  void aStepThatBeganAgainDoesNotExistUntilItCommits() {
    RunStore store = store();
    run(store, rows(3));
    StepOutput.begin(spark, store, StepName.CAPTION, "again");
    assertThat(store.report(StepName.CAPTION)).isEmpty();
  }

  @Test
  void anEmptyStepIsCommittedToo() {
    RunStore store = store();
    StepReport report = run(store, rows(0));
    assertThat(report.counts()).isEqualTo(Counts.NONE);
    assertThat(store.rows(spark, report).count()).isZero();
  }

  @Test
  void namesTheCommandThatIsMissing() {
    RunStore store = store();
    assertThatThrownBy(() -> store.inputReport(StepName.DISTILL))
        .isInstanceOf(StepInputException.class)
        .hasMessageContaining("step distill needs the output of caption")
        .hasMessageContaining("run 'sightmill caption' first");
  }

  @Test
  void aLostRowIsADefect() {
    RunStore store = store();
    StepReport caption = run(store, rows(10));
    assertThat(caption.counts().out()).isEqualTo(8);
    StepOutput output = StepOutput.begin(spark, store, StepName.DISTILL, "distill: test");
    Dataset<Row> staged = output.stage(rows(7));
    assertThatThrownBy(() -> output.commit(staged, FINGERPRINT, Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step distill accounts for 7 rows, but caption wrote 8");
  }

  @Test
  void aRelativeRootIsTheDrivers() {
    RunStore store =
        new RunStore(new RunLayout("some/root", "run"), new org.apache.hadoop.conf.Configuration());
    assertThat(store.layout().root()).isEqualTo("file:" + Path.of("some/root").toAbsolutePath());
  }

  @Test
  void refusesSpeculation() {
    RunStore store = store();
    spark.sparkContext().conf().set("spark.speculation", "true");
    try {
      assertThatThrownBy(() -> StepOutput.begin(spark, store, StepName.CAPTION, "x"))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining("spark.speculation must be false but was true");
    } finally {
      spark.sparkContext().conf().set("spark.speculation", "false");
    }
  }

  private RunStore store() {
    return new RunStore(
        new RunLayout(root.toString(), "run"), spark.sparkContext().hadoopConfiguration());
  }

  private StepReport run(RunStore store, Dataset<Row> rows) {
    StepOutput output = StepOutput.begin(spark, store, StepName.CAPTION, "caption: test");
    Dataset<Row> staged = output.stage(rows);
    output.write(staged.filter(col(Outcome.CODE).isNull()));
    return output.commit(staged, FINGERPRINT, Map.of());
  }

  /** Rows of which every fifth is rejected. */
  private Dataset<Row> rows(int n) {
    int rejected = n / 5;
    return TestRows.withFaults(
        TestRows.numbered(spark, n), rejected, RejectReason.WORD_DELTA_EXCEEDED, Outcome.CODE);
  }
}
