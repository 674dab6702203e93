package org.sightmill.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.TestSpark;

final class DiverseSelectionIT {
  private static final StructType GIVEN =
      StructType.fromDDL("sample_id string, hash bigint, text string");
  private static final long SEED = 7;

  private final SparkSession spark = TestSpark.session();

  @Test
  void drawsFromEachKindOfTextBeforeRepeatingOne() {
    List<Row> rows = new ArrayList<>();
    addKind(rows, "cube", "how many red cubes stand left of the sphere", 20);
    addKind(rows, "bar", "which bar of the chart is highest in june", 20);
    addKind(rows, "line", "which function has this parabola as its graph", 20);
    SortedMap<String, Long> ranks = ranks(rows, 9, 2);

    assertThat(ranks.values()).doesNotHaveDuplicates().hasSize(60);
    assertThat(Collections.min(ranks.values())).isEqualTo(1);
    assertThat(Collections.max(ranks.values())).isEqualTo(60);
    List<String> kinds =
        ranks.entrySet().stream()
            .filter(entry -> entry.getValue() <= 9)
            .map(entry -> entry.getKey().replaceAll("\\d", ""))
            .distinct()
            .toList();
    assertThat(kinds).containsExactlyInAnyOrder("bar", "cube", "line");

    Collections.shuffle(rows, new Random(1));
    assertThat(ranks(rows, 9, 5)).as("in another order and partitioning").isEqualTo(ranks);
  }

  @Test
  void orderDoesNotMatterWhereNoneOrAllAreWanted() {
    List<Row> rows = new ArrayList<>();
    addKind(rows, "a", "one two", 3);
    rows.add(RowFactory.create("none", 9L, null));
    assertThat(ranks(rows, 0, 1).values()).containsOnly(1L).hasSize(4);
    assertThat(ranks(rows, 4, 1).values()).containsOnly(1L).hasSize(4);
    assertThat(ranks(List.of(), 5, 1)).isEmpty();
  }

  @Test
  void equalTextsAreRankedByTheirHash() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(RowFactory.create("e" + i, 10L - i, "the same words"));
    }
    assertThat(ranks(rows, 3, 2)).containsEntry("e5", 1L).containsEntry("e0", 6L);
  }

  @Test
  void rowsWithoutTextAreRankedToo() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add(RowFactory.create("n" + i, (long) i, i % 2 == 0 ? null : ""));
    }
    assertThat(ranks(rows, 2, 1).values()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
  }

  private static void addKind(List<Row> rows, String kind, String text, int count) {
    for (int i = 0; i < count; i++) {
      rows.add(RowFactory.create(kind + i, new Random(i).nextLong(), text + " " + i));
    }
  }

  private SortedMap<String, Long> ranks(List<Row> rows, int wanted, int partitions) {
    Dataset<Row> given = spark.createDataFrame(rows, GIVEN).coalesce(1).repartition(partitions);
    SortedMap<String, Long> ranks = new TreeMap<>();
    DiverseSelection.ranked(given, wanted, SEED)
        .collectAsList()
        .forEach(row -> ranks.put(row.getString(0), row.getLong(1)));
    return ranks;
  }
}
