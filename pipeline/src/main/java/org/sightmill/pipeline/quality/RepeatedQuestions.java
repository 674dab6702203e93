package org.sightmill.pipeline.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.format_number;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.quality.LikeTexts.Texts;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * Finds exact and near-duplicate questions of one picture. Rows fall into blocks that agree in
 * picture, numbers, symbols, names and, if so configured, answer; only rows of one block are
 * compared. A block of up to {@link LikeTexts#MAX_BLOCK} rows is gone through in one piece; a
 * larger one, as data without pictures has, is cut into a block for each MinHash band first, so
 * that no task ever sees all of it.
 *
 * <p>Not MLlib's MinHashLSH: its self-join compares every pair within a bucket (5,000 rows 4 s,
 * 50,000 not in 150 s), and can't be told that numbers and pictures must agree, which leaves
 * templated questions all alike.
 *
 * <p>Of rows that are alike the one with the smallest id stays, so the result depends on the rows
 * alone, not on partitions.
 */
final class RepeatedQuestions {
  private static final StructType SKETCH =
      StructType.fromDDL("sample_id string, exact bigint, block bigint, words string");
  private static final StructType BANDED =
      StructType.fromDDL("sample_id string, block bigint, words string");
  private static final String FIRST = "_first";

  private final DuplicateQuestions config;
  private final Held held;

  RepeatedQuestions(DuplicateQuestions config, Held held) {
    this.config = config;
    this.held = held;
  }

  /**
   * The rows to leave out, with the row that each repeats.
   *
   * @param rows {@code sample_id, picture, question, choices, answer}
   */
  Dataset<Row> in(Dataset<Row> rows) {
    Sketching sketching = new Sketching(config.answers());
    MapFunction<Row, Row> sketch = sketching::sketch;
    Dataset<Row> sketches =
        rows.select("sample_id", "picture", "question", "choices", "answer")
            .map(sketch, Encoders.row(SKETCH))
            .withColumn(FIRST, min(col("sample_id")).over(Window.partitionBy("exact")));
    Dataset<Row> distinct = sketches.filter(col(FIRST).equalTo(col("sample_id")));
    return repeats(sketches.filter(col(FIRST).notEqual(col("sample_id"))))
        .unionByName(near(distinct.select("sample_id", "block", "words")));
  }

  private static Dataset<Row> repeats(Dataset<Row> rows) {
    return rows.select(
        col("sample_id"),
        lit(RejectReason.QUESTION_DUPLICATE.code()).as(Rejects.CODE),
        concat(lit("asks the same of the same picture as "), col(FIRST)).as(Rejects.DETAIL));
  }

  private Dataset<Row> near(Dataset<Row> texts) {
    Bands bands = Bands.forSimilarity(config.similarity());
    Dataset<Row> whole = held.disk(grouped(texts, Texts.WHOLE_BLOCKS, bands));
    Dataset<Row> inBlocks = whole.filter(col("match").isNotNull()).drop("block", "words");
    Dataset<Row> inBands =
        grouped(
                banded(whole.filter(col("match").isNull()), bands, config.runWords()),
                Texts.OF_ONE_BAND,
                bands)
            .drop("block", "words");
    Dataset<Row> first =
        inBlocks
            .unionByName(inBands)
            .groupBy("sample_id")
            .agg(min(struct(col("match"), col("similarity"))).as(FIRST));
    Column percent = format_number(col(FIRST + ".similarity").multiply(100), 0);
    return first.select(
        col("sample_id"),
        lit(RejectReason.QUESTION_NEAR_DUPLICATE.code()).as(Rejects.CODE),
        concat(percent, lit(" % alike and of the same picture as "), col(FIRST + ".match"))
            .as(Rejects.DETAIL));
  }

  private Dataset<Row> grouped(Dataset<Row> texts, Texts kind, Bands bands) {
    MapFunction<Row, Long> block = row -> row.getLong(row.fieldIndex("block"));
    return texts
        .groupByKey(block, Encoders.LONG())
        .flatMapSortedGroups(
            new Column[] {col("sample_id")},
            new LikeTexts(kind, bands, config.similarity(), config.runWords()),
            Encoders.row(LikeTexts.TYPE));
  }

  /** A row for each band of a text; its block is what shares the band. */
  private static Dataset<Row> banded(Dataset<Row> texts, Bands bands, int runWords) {
    FlatMapFunction<Row, Row> map =
        row -> {
          String words = row.getAs("words");
          long block = row.<Long>getAs("block");
          long[] hashes = bands.of(Shingles.of(List.of(words.split(" ")), runWords));
          Row[] rows = new Row[hashes.length];
          for (int i = 0; i < hashes.length; i++) {
            long shared = Shingles.mix(block * 31 + hashes[i]);
            rows[i] = RowFactory.create(row.getAs("sample_id"), shared, words);
          }
          return List.of(rows).iterator();
        };
    return texts.flatMap(map, Encoders.row(BANDED));
  }
}
