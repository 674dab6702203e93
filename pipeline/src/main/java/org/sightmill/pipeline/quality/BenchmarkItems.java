package org.sightmill.pipeline.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.check.InvalidConfigException;

/**
 * What the benchmarks ask, read from their tab-separated files by Spark's own reader: questions,
 * and the signatures of pictures, which are decoded on executors. A short {@code image} cell is the
 * index of the row whose picture it is; a cell may also hold a Python list of pictures. Lives on
 * the driver.
 */
final class BenchmarkItems {
  /** A longer cell is a picture, not an index. */
  private static final int MAX_REFERENCE_CHARS = 64;

  /** Pictures of a Python list. */
  private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]+)['\"]");

  private static final StructType SIGNED =
      StructType.fromDDL("item string, rows bigint, columns bigint, grey binary");

  private final List<String> items = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private final List<String> pictures = new ArrayList<>();
  private final List<ImageSignature> signatures = new ArrayList<>();
  private long unreadable;

  private BenchmarkItems() {}

  /**
   * Reads all files.
   *
   * @param files path by the name of the benchmark
   */
  static BenchmarkItems read(SparkSession spark, Map<String, String> files) {
    BenchmarkItems all = new BenchmarkItems();
    files.forEach((benchmark, path) -> all.add(table(spark, benchmark, path)));
    return all;
  }

  /** How many questions there are. */
  int count() {
    return items.size();
  }

  /** How many pictures could be read. */
  int pictureCount() {
    return pictures.size();
  }

  /** Pictures that are not base64 or do not decode. */
  long unreadable() {
    return unreadable;
  }

  /** The questions by their words. */
  RunIndex index(int runWords) {
    return RunIndex.of(items, questions, runWords);
  }

  /** The pictures by their looks. */
  LookAlikes looks() {
    return new LookAlikes(pictures, signatures);
  }

  private void add(Dataset<Row> table) {
    for (Row row : table.select("item", "question").collectAsList()) {
      items.add(row.getString(0));
      questions.add(row.getString(1));
    }
    if (List.of(table.columns()).contains("image")) {
      signed(table).collectAsList().forEach(this::addPicture);
    }
  }

  private void addPicture(Row row) {
    if (row.isNullAt(1)) {
      unreadable++;
    } else {
      pictures.add(row.getString(0));
      signatures.add(new ImageSignature(row.getLong(1), row.getLong(2), row.<byte[]>getAs(3)));
    }
  }

  private static Dataset<Row> table(SparkSession spark, String benchmark, String path) {
    Dataset<Row> rows =
        spark
            .read()
            .option("sep", "\t")
            .option("header", "true")
            .option("quote", "\"")
            .option("escape", "\"")
            .option("multiLine", "true")
            .option("maxCharsPerColumn", "-1")
            .csv(path);
    List<String> missing =
        List.of("index", "question").stream()
            .filter(name -> !List.of(rows.columns()).contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidConfigException(
          List.of(
              "curate.quality.benchmarks.files.%s: %s lacks the columns %s; it has %s"
                  .formatted(
                      benchmark,
                      path,
                      String.join(", ", missing),
                      String.join(", ", rows.columns()))));
    }
    Column item =
        org.apache.spark.sql.functions.concat(
            lit(benchmark + " item "), coalesce(col("index"), lit("without index")));
    return rows.withColumn("item", item);
  }

  private static Dataset<Row> signed(Dataset<Row> table) {
    Column shares = length(col("image")).leq(MAX_REFERENCE_CHARS);
    FlatMapFunction<Row, Row> sign = BenchmarkItems::signatures;
    // Each picture once, at the first item that names it.
    return table
        .select(col("item"), when(shares, lit(null)).otherwise(trim(col("image"))).as("image"))
        .filter(col("image").isNotNull())
        .repartition(table.sparkSession().sparkContext().defaultParallelism())
        .flatMap(sign, Encoders.row(SIGNED))
        .orderBy("item", "rows", "columns");
  }

  private static Iterator<Row> signatures(Row row) {
    List<Row> signed = new ArrayList<>();
    for (String base64 : pictures(row.getString(1))) {
      Optional<ImageSignature> signature = decoded(base64).flatMap(ImageSignature::of);
      signed.add(
          signature
              .map(s -> RowFactory.create(row.getString(0), s.rows(), s.columns(), s.grey()))
              .orElseGet(() -> RowFactory.create(row.getString(0), null, null, null)));
    }
    return signed.iterator();
  }

  private static List<String> pictures(String cell) {
    if (!cell.startsWith("[")) {
      return List.of(cell);
    }
    List<String> pictures = new ArrayList<>();
    Matcher matcher = QUOTED.matcher(cell);
    while (matcher.find()) {
      pictures.add(matcher.group(1));
    }
    return pictures;
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
