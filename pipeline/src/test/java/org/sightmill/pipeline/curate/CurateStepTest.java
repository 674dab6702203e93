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

final class CurateStepTest {
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
  void capsEachSourceByADrawThatPartitionsDoNotChange() {
    CurateConfig config =
        CurateConfig.DEFAULT.withCaps(Map.of("s", 7), Map.of("s", 3, "unknown", 0));
    RunStore store = many(root.resolve("1"), 1);
    StepReport report = curate(store, config);
    RunStore other = many(root.resolve("5"), 5);
    curate(other, config);

    assertThat(ids(store, "rl")).hasSize(3 + 20).isEqualTo(ids(other, "rl"));
    assertThat(ids(store, "sft")).hasSize(7 + 20).isEqualTo(ids(other, "sft"));
    assertThat(reasons(report)).isEqualTo(Map.of(RejectReason.SOURCE_CAP, 30L));
    assertThat(report.subsets()).containsEntry("aha", 40L);

    List<String> first = ids(store, "sft");
    curate(store, withSeed(config, config.seed() + 1));
    assertThat(ids(store, "sft")).hasSize(27).isNotEqualTo(first);
  }

  @Test
  void aPictureThatTheCapKeptOutOfRlIsFreeForSft() {
    RunStore store =
        new VerifiedRows(root).add("b", "s", 2, CUE).add("c", "s", 2, PLAIN).commit(spark, 1);
    curate(store, CurateConfig.DEFAULT.withCaps(Map.of(), Map.of("s", 0)));
    assertThat(ids(store, "sft")).containsExactly("c");
  }

  @Test
  void diverseDrawsTheSameRowsWhateverThePartitions() {
    CurateConfig config =
        CurateConfig.DEFAULT
            .withCaps(Map.of("s", 7), Map.of("t", 0))
            .withChoose(CurateConfig.Choose.DIVERSE);
    RunStore store = many(root.resolve("1"), 1);
    StepReport report = curate(store, config);
    RunStore other = many(root.resolve("5"), 5);
    curate(other, config);
    assertThat(ids(store, "sft")).hasSize(7 + 20).isEqualTo(ids(other, "sft"));
    assertThat(ids(store, "rl")).hasSize(20).allMatch(id -> id.startsWith("s"));
    assertThat(reasons(report)).isEqualTo(Map.of(RejectReason.SOURCE_CAP, 33L));
  }

  @Test
  void sourcesForRlAloneNeedNoCueAndNeverReachSft() {
    RunStore store = many(root, 2);
    StepReport report =
        curate(
            store,
            CurateConfig.DEFAULT.withRlOnly(List.of("t")).withCaps(Map.of(), Map.of("t", 5)));
    assertThat(ids(store, "rl")).filteredOn(id -> id.startsWith("t")).hasSize(5);
    assertThat(ids(store, "sft")).hasSize(20).allMatch(id -> id.startsWith("s"));
    assertThat(ids(store, "aha")).hasSize(20).allMatch(id -> id.startsWith("s"));
    assertThat(reasons(report)).isEqualTo(Map.of(RejectReason.SOURCE_RL_ONLY, 35L));
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
    Row a = read(store, "sft").filter("sample_id = 'a'").head();
    assertThat(a.<Double>getAs("perplexity")).isEqualTo(3.0);
    assertThat(a.<Object>getAs("pass_rate")).isNull();
  }

  @Test
  void passRatesOutsideTheRangeLeaveRl() {
    RunStore store =
        new VerifiedRows(root)
            .add("easy", "s", 1, CUE)
            .add("good", "s", 2, CUE)
            .add("none", "s", 3, CUE)
            .add("sft", "s", 4, PLAIN)
            .commit(spark, 2);
    String table = root.resolve("rates").toString();
    spark
        .sql("select * from values ('easy', 1.0D), ('good', 0.5D) as t(sample_id, value)")
        .write()
        .parquet(table);
    ValueTable values = new ValueTable(table, ValueTable.Target.PASS_RATE, null, 0.1, 0.9);

    curate(store, CurateConfig.DEFAULT.withValues(values));

    assertThat(ids(store, "rl")).containsExactly("good");
    assertThat(ids(store, "sft")).containsExactly("sft");
    assertThat(rejected(store))
        .containsEntry("easy", "VALUE_OUTSIDE_RANGE: pass_rate is 1.0")
        .containsEntry("none", "VALUE_OUTSIDE_RANGE: pass_rate is not given");
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

  private static CurateConfig withSeed(CurateConfig config, long seed) {
    return new CurateConfig(
        config.cues(),
        config.sftCaps(),
        config.rlCaps(),
        config.rlOnly(),
        seed,
        config.choose(),
        config.values());
  }

  private StepReport curate(RunStore store, CurateConfig config) {
    return new CurateStep(spark, store, config).run();
  }

  /** 20 rows with and 20 without cues of each of two sources, each with its own picture. */
  private RunStore many(Path folder, int partitions) {
    VerifiedRows rows = new VerifiedRows(folder);
    for (int i = 0; i < 40; i++) {
      rows.add("s" + i, "s", i, i < 20 ? CUE : PLAIN);
      rows.add("t" + i, "t", 100 + i, i < 20 ? CUE : PLAIN);
    }
    return rows.commit(spark, partitions);
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
