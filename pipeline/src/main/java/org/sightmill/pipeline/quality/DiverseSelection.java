package org.sightmill.pipeline.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Orders rows so that the first n of them differ as much as can be had: texts become TF-IDF vectors
 * (HashingTF, IDF), KMeans groups them, and rows are drawn round-robin over the groups, within a
 * group by hash.
 *
 * <p>The result depends on the rows and the seed alone, not on partitions or executors. Sums of
 * floating point numbers do depend on them, so KMeans is trained on one partition of rows drawn and
 * ordered by hash, its centres are rounded, and rows are assigned by a sum in fixed order. Document
 * frequencies are counts, which any order sums alike.
 */
public final class DiverseSelection {
  /** Dimensions of the hashed vocabulary: enough for the few thousand words of a source. */
  static final int FEATURES = 1 << 10;

  /** Groups; fewer where fewer rows are asked for. */
  static final int MAX_CLUSTERS = 32;

  /** Rows that KMeans sees. Bounds its memory: about 40 MB with long texts. */
  static final int TRAINING_ROWS = 5_000;

  private static final int MAX_ITERATIONS = 10;
  private static final String VECTOR = "_vector";
  private static final String CLUSTER = "_cluster";
  private static final String TURN = "_turn";

  private DiverseSelection() {}

  /**
   * {@code sample_id, rank} with ranks from 1; all ranks are 1 where none or all rows are wanted,
   * so that their order decides nothing.
   *
   * @param rows {@code sample_id}, {@code hash} (bigint, a fair draw) and {@code text}
   * @param wanted how many rows will be taken; 0 or more
   */
  public static Dataset<Row> ranked(Dataset<Row> rows, int wanted, long seed) {
    if (wanted == 0 || rows.count() <= wanted) {
      return rows.select(col("sample_id"), lit(1L).as("rank"));
    }
    Dataset<Row> vectors = vectors(rows);
    Centres centres = centres(vectors, wanted, seed);
    Dataset<Row> clustered =
        vectors.select(
            col("sample_id"),
            col("hash"),
            udf((UDF1<Vector, Integer>) centres::nearest, DataTypes.IntegerType)
                .apply(col(VECTOR))
                .as(CLUSTER));
    RoundRobin order = new RoundRobin(sizes(clustered, centres.points().size()));
    Column turn =
        row_number().over(Window.partitionBy(col(CLUSTER)).orderBy(col("hash"), col("sample_id")));
    return clustered
        .withColumn(TURN, turn)
        .select(
            col("sample_id"),
            udf((UDF2<Integer, Integer, Long>) order::rank, DataTypes.LongType)
                .apply(col(TURN), col(CLUSTER))
                .as("rank"));
  }

  private static long[] sizes(Dataset<Row> clustered, int clusters) {
    long[] sizes = new long[clusters];
    clustered
        .groupBy(col(CLUSTER))
        .count()
        .collectAsList()
        .forEach(row -> sizes[row.getInt(0)] = row.getLong(1));
    return sizes;
  }

  private static Dataset<Row> vectors(Dataset<Row> rows) {
    Dataset<Row> words =
        new RegexTokenizer()
            .setInputCol("text")
            .setOutputCol("_words")
            .setPattern("\\W+")
            .transform(rows.na().fill("", new String[] {"text"}));
    Dataset<Row> counts =
        new HashingTF()
            .setInputCol("_words")
            .setOutputCol("_counts")
            .setNumFeatures(FEATURES)
            .transform(words);
    Dataset<Row> weighted =
        new IDF().setInputCol("_counts").setOutputCol("_weighted").fit(counts).transform(counts);
    return new Normalizer().setInputCol("_weighted").setOutputCol(VECTOR).transform(weighted);
  }

  private static Centres centres(Dataset<Row> vectors, int wanted, long seed) {
    Dataset<Row> drawn =
        vectors
            .select("sample_id", "hash", VECTOR)
            .orderBy("hash", "sample_id")
            .limit(TRAINING_ROWS);
    List<Row> training = distinct(drawn.collectAsList());
    int clusters = Math.min(Math.min(wanted, MAX_CLUSTERS), training.size());
    if (clusters <= 1) {
      return Centres.ONE;
    }
    Dataset<Row> onePartition =
        vectors.sparkSession().createDataFrame(training, drawn.schema()).coalesce(1);
    Vector[] found =
        new KMeans()
            .setFeaturesCol(VECTOR)
            .setK(clusters)
            .setSeed(seed)
            .setInitMode("random")
            .setMaxIter(MAX_ITERATIONS)
            .fit(onePartition)
            .clusterCenters();
    return Centres.rounded(found);
  }

  /**
   * The first row of each vector. MLlib's KMeans fails with an index out of bounds when it finds
   * fewer initial centres than it is asked for: drawn at random from distinct vectors there are
   * always enough, while its other way to start promises none.
   */
  private static List<Row> distinct(List<Row> rows) {
    Map<Vector, Row> first = new LinkedHashMap<>();
    rows.forEach(row -> first.putIfAbsent(row.getAs(VECTOR), row));
    return List.copyOf(first.values());
  }
}
