package org.sightmill.pipeline.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

final class CurateStepIT {
  private static final String PLAIN = "Three balls, one removed, two left.";
  private static final String CUE = "Hmm, let me CHECK that.";

  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();

  @Test
  void splitsByCueAndKeepsPicturesApart() {
    RunStore store =
        new VerifiedRows(root)
            .add("a", "s", 1, PLAIN)
            .add("b", "s", 2, CUE)
            .add("c", "s", 2, PLAIN)
            .add("d", "t", -1, PLAIN)
            .add("e", "t", -1, CUE)
            .commit(spark, 2);

    StepReport report = curate(store, CurateConfig.DEFAULT);

    assertThat(ids(store, "sft")).containsExactly("a", "d");
    assertThat(ids(store, "rl")).containsExactly("b", "e");
    assertThat(ids(store, "aha")).containsExactly("b", "e");
    assertThat(report.counts()).isEqualTo(new Counts(5, 0, 4, 0, 1));
    assertThat(report.subsets()).isEqualTo(Map.of("sft", 2L, "rl", 2L, "aha", 2L));
    assertThat(reasons(report)).isEqualTo(Map.of(RejectReason.IMAGE_IN_RL, 1L));
  }

  @Test
  void writesCuesSplitAndThePictureItself() throws IOException {
    VerifiedRows rows = new VerifiedRows(root).add("b", "s", 2, CUE).add("n", "s", -1, PLAIN);
    RunStore store = rows.commit(spark, 1);
    curate(store, CurateConfig.DEFAULT);

    Row row = read(store, "rl").head();
    assertThat(row.schema().simpleString()).isEqualTo(Schemas.of(Boundary.CURATE).simpleString());
    assertThat(row.<String>getAs("split")).isEqualTo("rl");
    assertThat(row.getList(row.fieldIndex("aha_cues"))).isEqualTo(List.of("hmm", "check"));
    Row image = row.getAs("image");
    assertThat(image.<byte[]>getAs("bytes")).isEqualTo(Files.readAllBytes(rows.picture(2)));
    assertThat(image.<String>getAs("path")).isEqualTo(row.<String>getAs("image_path"));
    assertThat(read(store, "sft").head().<Object>getAs("image")).isNull();
  }

  @Test
  void failsWhenAPictureHasVanished() throws IOException {
    VerifiedRows rows = new VerifiedRows(root).add("b", "s", 2, CUE);
    RunStore store = rows.commit(spark, 1);
    Files.delete(rows.picture(2));

    assertThatThrownBy(() -> curate(store, CurateConfig.DEFAULT))
        .hasStackTraceContaining("of sample b is gone: run 'sightmill collect' again");
    assertThat(store.report(StepName.CURATE)).isEmpty();
  }

  @Test
  void keepsTheHighestMeansOfASideTable() throws IOException {
    Path table = root.resolve("perplexity.csv");
    Files.writeString(table, "sample_id,value\na,1.0\na,5.0\nb,2.5\nc,9\nelsewhere,99\nrl,100\n");
    RunStore store =
        new VerifiedRows(root)
            .add("a", "s", 1, PLAIN)
            .add("b", "s", 2, PLAIN)
            .add("c", "s", 3, PLAIN)
            .add("none", "s", 4, PLAIN)
            .add("rl", "s", 5, CUE)
            .commit(spark, 2);
    ValueTable values =
        new ValueTable(table.toString(), ValueTable.Target.PERPLEXITY, 2L, null, null);

    StepReport report = curate(store, CurateConfig.DEFAULT.withValues(values));

    assertThat(ids(store, "sft")).containsExactly("a", "c");
    assertThat(ids(store, "rl")).containsExactly("rl");
    assertThat(reasons(report)).isEqualTo(Map.of(RejectReason.VALUE_OUTSIDE_RANGE, 2L));
    assertThat(rejected(store))
        .containsEntry("b", "VALUE_OUTSIDE_RANGE: perplexity is 2.5")
        .containsEntry("none", "VALUE_OUTSIDE_RANGE: perplexity is not given");
    Row a = read(store, "sft").filter("sample_id = 'a'").head();
    assertThat(a.<Double>getAs("perplexity")).isEqualTo(3.0);
    assertThat(a.<Object>getAs("pass_rate")).isNull();
  }

  @Test
  void nestedSubsetsHoldTheHighestValues() throws IOException {
    Path table = root.resolve("perplexity.csv");
    Files.writeString(table, "sample_id,value\na,1\nb,2\nc,3\nd,4\nrl,100\n");
    VerifiedRows rows = new VerifiedRows(root).add("none", "s", 9, PLAIN).add("rl", "s", 5, CUE);
    for (int i = 1; i <= 4; i++) {
      rows.add("abcd".substring(i - 1, i), "s", i, PLAIN);
    }
    RunStore store = rows.commit(spark, 2);
    ValueTable values =
        new ValueTable(
            table.toString(), ValueTable.Target.PERPLEXITY, null, null, null, List.of(3L, 1L));

    StepReport report = curate(store, CurateConfig.DEFAULT.withValues(values));

    assertThat(ids(store, "sft")).containsExactly("a", "b", "c", "d", "none");
    assertThat(ids(store, "sft-3")).containsExactly("b", "c", "d");
    assertThat(ids(store, "sft-1")).containsExactly("d");
    assertThat(report.subsets())
        .containsOnly(
            Map.entry("sft", 5L),
            Map.entry("rl", 1L),
            Map.entry("aha", 1L),
            Map.entry("sft-3", 3L),
            Map.entry("sft-1", 1L));
    assertThat(reasons(report)).isEmpty();
  }

  @Test
  void namesASideTableThatCannotBeRead() throws IOException {
    RunStore store = new VerifiedRows(root).add("a", "s", 1, PLAIN).commit(spark, 1);
    ValueTable absent = new ValueTable("/no/such.csv", ValueTable.Target.PASS_RATE, null, 0.1, 0.9);
    assertThatThrownBy(() -> curate(store, CurateConfig.DEFAULT.withValues(absent)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("values.path does not exist: /no/such.csv");

    Path table = Files.writeString(root.resolve("t.csv"), "id,v\na,1\n");
    ValueTable wrong =
        new ValueTable(table.toString(), ValueTable.Target.PASS_RATE, null, 0.1, 0.9);
    assertThatThrownBy(() -> curate(store, CurateConfig.DEFAULT.withValues(wrong)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "values.path must have the columns sample_id and value but " + table + " has id, v");
  }

  @Test
  void anEmptyRunGivesEmptySplits() {
    RunStore store = new VerifiedRows(root).commit(spark, 1);
    StepReport report = curate(store, CurateConfig.DEFAULT);
    assertThat(report.counts()).isEqualTo(Counts.NONE);
    assertThat(report.subsets()).isEqualTo(Map.of("sft", 0L, "rl", 0L, "aha", 0L));
    assertThat(ids(store, "sft")).isEmpty();
  }

  @Test
  void splitsShareNoSampleAndNoPicture() {
    VerifiedRows rows = new VerifiedRows(root);
    for (int i = 0; i < 60; i++) {
      rows.add("x" + i, "s" + i % 3, i * 7 % 13, i % 5 == 0 ? CUE : PLAIN);
    }
    RunStore store = rows.commit(spark, 3);
    StepReport report =
        curate(store, CurateConfig.DEFAULT.withCaps(Map.of("s0", 8), Map.of("s1", 1)));

    assertThat(column(store, "sft", "image_sha256"))
        .doesNotContainAnyElementsOf(column(store, "rl", "image_sha256"));
    assertThat(ids(store, "sft")).doesNotContainAnyElementsOf(ids(store, "rl"));
    assertThat(report.counts().out())
        .isEqualTo(report.subsets().get("sft") + report.subsets().get("rl"));
    assertThat(report.counts().read()).isEqualTo(60);
  }

  @Test
  void theReportTellsTheTableOfThePaper() {
    RunStore store =
        new VerifiedRows(root)
            .add("a", "clevr-math", 1, PLAIN)
            .add("b", "clevr-math", 2, CUE)
            .add("c", "docvqa", 3, PLAIN)
            .commit(spark, 1);
    StepReport curated = curate(store, CurateConfig.DEFAULT);
    StepReport verified = store.inputReport(StepName.CURATE);

    assertThat(SplitTable.text(verified, verified, curated))
        .isEqualTo(
            """
            source      kind    original  after pipeline  SFT  RL
            clevr-math  closed         2               2    1   1
            docvqa      closed         1               1    1   0
            total                      3               3    2   1
            """);
  }

  private StepReport curate(RunStore store, CurateConfig config) {
    return new CurateStep(spark, store, config).run();
  }

  private Dataset<Row> read(RunStore store, String subset) {
    return spark.read().parquet(store.layout().step(StepName.CURATE) + "/" + subset);
  }

  private List<String> ids(RunStore store, String subset) {
    return column(store, subset, "sample_id").stream().sorted().toList();
  }

  private List<String> column(RunStore store, String subset, String name) {
    return read(store, subset).select(name).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private Map<String, String> rejected(RunStore store) {
    return spark
        .read()
        .parquet(store.layout().rejected(StepName.CURATE).toString())
        .collectAsList()
        .stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs("sample_id"),
                row -> row.<String>getAs("code") + ": " + row.<String>getAs("detail")));
  }

  private static Map<RejectReason, Long> reasons(StepReport report) {
    return report.reasons().stream()
        .collect(
            Collectors.groupingBy(ReasonCount::code, Collectors.summingLong(ReasonCount::rows)));
  }
}
