package org.sightmill.pipeline.curate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.quality.Balance;
import org.sightmill.pipeline.quality.QualityConfig;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.Outcome;

/** The decisions alone, on rows without texts and pictures. */
final class SelectionIT {
  private static final String CUE = "hmm";
  private static final String PLAIN = "so";
  private static final StructType GIVEN =
      StructType.fromDDL(
          "sample_id string, source string, image_sha256 string, reasoning string,"
              + " _value double, _text string");

  private final SparkSession spark = TestSpark.session();
  private final List<Row> rows = new ArrayList<>();

  @Test
  void capsEachSourceByADrawThatPartitionsDoNotChange() {
    addMany();
    CurateConfig config =
        CurateConfig.DEFAULT.withCaps(Map.of("s", 7), Map.of("s", 3, "unknown", 0));
    SortedMap<String, String> decided = decide(config, 1);

    assertThat(in(decided, "rl")).hasSize(3 + 20);
    assertThat(in(decided, "sft")).hasSize(7 + 20);
    assertThat(in(decided, RejectReason.SOURCE_CAP.code())).hasSize(30);
    Collections.shuffle(rows, new Random(1));
    assertThat(decide(config, 5)).isEqualTo(decided);
    assertThat(in(decide(withSeed(config, config.seed() + 1), 1), "sft"))
        .hasSize(27)
        .isNotEqualTo(in(decided, "sft"));
  }

  @Test
  void diverseDrawsTheSameRowsWhateverThePartitions() {
    addMany();
    CurateConfig config =
        CurateConfig.DEFAULT
            .withCaps(Map.of("s", 7), Map.of("t", 0))
            .withChoose(CurateConfig.Choose.DIVERSE);
    SortedMap<String, String> decided = decide(config, 1);
    assertThat(in(decided, "sft")).hasSize(7 + 20);
    assertThat(in(decided, "rl")).hasSize(20).allMatch(id -> id.startsWith("s"));
    assertThat(in(decided, RejectReason.SOURCE_CAP.code())).hasSize(33);
    Collections.shuffle(rows, new Random(1));
    assertThat(decide(config, 5)).isEqualTo(decided);
  }

  @Test
  void aPictureThatTheCapKeptOutOfRlIsFreeForSft() {
    add("b", "s", 2, CUE);
    add("c", "s", 2, PLAIN);
    assertThat(decide(CurateConfig.DEFAULT, 1)).containsEntry("c", "IMAGE_IN_RL");
    assertThat(decide(CurateConfig.DEFAULT.withCaps(Map.of(), Map.of("s", 0)), 1))
        .isEqualTo(Map.of("b", "SOURCE_CAP", "c", "sft"));
  }

  @Test
  void sourcesForRlAloneNeedNoCueAndNeverReachSft() {
    addMany();
    CurateConfig config =
        CurateConfig.DEFAULT.withRlOnly(List.of("t")).withCaps(Map.of(), Map.of("t", 5));
    SortedMap<String, String> decided = decide(config, 2);
    assertThat(in(decided, "rl")).filteredOn(id -> id.startsWith("t")).hasSize(5);
    assertThat(in(decided, "sft")).hasSize(20).allMatch(id -> id.startsWith("s"));
    assertThat(in(decided, RejectReason.SOURCE_RL_ONLY.code())).hasSize(35);
    assertThat(
            new Tendency(config)
                .added(given(1))
                .filter(functions.col(Tendency.IS_AHA))
                .collectAsList())
        .hasSize(20)
        .allMatch(row -> row.<String>getAs("source").equals("s"));
  }

  @Test
  void passRatesOutsideTheRangeLeaveRl() {
    add("easy", "s", 1, CUE, 1.0);
    add("good", "s", 2, CUE, 0.5);
    add("none", "s", 3, CUE, null);
    add("sft", "s", 4, PLAIN, null);
    ValueTable values = new ValueTable("t", ValueTable.Target.PASS_RATE, null, 0.1, 0.9);
    Dataset<Row> decided = decisions(CurateConfig.DEFAULT.withValues(values), 2);
    assertThat(byId(decided, "split")).containsEntry("good", "rl").containsEntry("sft", "sft");
    assertThat(byId(decided, Outcome.DETAIL))
        .containsEntry("easy", "pass_rate is 1.0")
        .containsEntry("none", "pass_rate is not given");
  }

  @Test
  void keepsTheHighestValuesAndNoRowWithoutOne() {
    add("a", "s", 1, PLAIN, 3.0);
    add("b", "s", 2, PLAIN, 2.5);
    add("c", "s", 3, PLAIN, 9.0);
    add("none", "s", 4, PLAIN, null);
    add("rl", "s", 5, CUE, 100.0);
    ValueTable values = new ValueTable("t", ValueTable.Target.PERPLEXITY, 2L, null, null);
    SortedMap<String, String> decided = decide(CurateConfig.DEFAULT.withValues(values), 2);
    assertThat(in(decided, "sft")).containsExactly("a", "c");
    assertThat(in(decided, "rl")).containsExactly("rl");
    assertThat(in(decided, RejectReason.VALUE_OUTSIDE_RANGE.code())).containsExactly("b", "none");
  }

  @Test
  void splitsShareNoPictureAndLoseNoRow() {
    Random random = new Random(5);
    Map<String, Integer> pictures = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      int picture = random.nextInt(120);
      pictures.put("x" + i, picture);
      add("x" + i, "s" + i % 3, picture, random.nextInt(5) == 0 ? CUE : PLAIN);
    }
    SortedMap<String, String> decided =
        decide(CurateConfig.DEFAULT.withCaps(Map.of("s0", 60), Map.of("s1", 10)), 3);

    assertThat(decided).hasSize(300);
    assertThat(in(decided, "sft").stream().map(pictures::get))
        .doesNotContainAnyElementsOf(in(decided, "rl").stream().map(pictures::get).toList());
  }

  @Test
  void balanceGivesEachKindItsShare() {
    addMany();
    Balance balance = new Balance(Balance.By.SOURCE, 9, 4);
    SortedMap<String, String> decided =
        decide(CurateConfig.DEFAULT.withQuality(QualityConfig.DEFAULT.with(balance)), 3);
    assertThat(in(decided, "sft").stream().filter(id -> id.startsWith("s"))).hasSize(5);
    assertThat(in(decided, "sft").stream().filter(id -> id.startsWith("t"))).hasSize(4);
    assertThat(in(decided, "rl")).hasSize(4);
    assertThat(in(decided, "BALANCE")).hasSize(80 - 13);
  }

  /** 20 rows with and 20 without cues of each of two sources, each with its own picture. */
  private void addMany() {
    for (int i = 0; i < 40; i++) {
      add("s" + i, "s", i, i < 20 ? CUE : PLAIN);
      add("t" + i, "t", 100 + i, i < 20 ? CUE : PLAIN);
    }
  }

  private void add(String id, String source, int picture, String reasoning) {
    add(id, source, picture, reasoning, null);
  }

  private void add(String id, String source, int picture, String reasoning, Double value) {
    rows.add(RowFactory.create(id, source, "p" + picture, reasoning, value, "Q " + id));
  }

  private Dataset<Row> given(int partitions) {
    return spark.createDataFrame(rows, GIVEN).coalesce(1).repartition(partitions);
  }

  private Dataset<Row> decisions(CurateConfig config, int partitions) {
    Dataset<Row> candidates =
        new Tendency(config)
            .added(given(partitions))
            .withColumn(Selection.HASH, Selection.hash(config.seed()))
            .withColumn("answer_type", functions.lit("digit"))
            .withColumn(Outcome.CODE, functions.lit(null).cast("string"))
            .withColumn(Outcome.DETAIL, functions.lit(null).cast("string"));
    return new Selection(config).decide(candidates);
  }

  /** The split of each row, or the code why it has none. */
  private SortedMap<String, String> decide(CurateConfig config, int partitions) {
    return byId(
        decisions(config, partitions)
            .withColumn(
                "split", functions.coalesce(functions.col("split"), functions.col(Outcome.CODE))),
        "split");
  }

  private static SortedMap<String, String> byId(Dataset<Row> decided, String column) {
    SortedMap<String, String> values = new TreeMap<>();
    decided
        .select("sample_id", column)
        .collectAsList()
        .forEach(row -> assertThat(values.put(row.getString(0), row.getString(1))).isNull());
    return values;
  }

  private static SortedSet<String> in(SortedMap<String, String> decided, String fate) {
    SortedSet<String> ids = new TreeSet<>();
    decided.forEach(
        (id, found) -> {
          if (found.equals(fate)) {
            ids.add(id);
          }
        });
    return ids;
  }

  private static CurateConfig withSeed(CurateConfig config, long seed) {
    return new CurateConfig(
        config.cues(),
        config.sftCaps(),
        config.rlCaps(),
        config.rlOnly(),
        seed,
        config.choose(),
        config.values(),
        config.quality());
  }
}
