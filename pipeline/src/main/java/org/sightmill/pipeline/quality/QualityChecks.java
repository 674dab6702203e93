package org.sightmill.pipeline.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * The configured checks over a set of rows. Each looks at what the ones before have left, so that a
 * row ends for one reason, and no row ends for the sake of one that is gone itself. What they find
 * depends on the rows, the configuration and the benchmarks' files alone, not on partitions. Lives
 * on the driver; tables that it keeps on disk are freed when it is closed.
 */
public final class QualityChecks implements AutoCloseable {
  private static final StructType REJECTS =
      StructType.fromDDL("sample_id string, code string, detail string");
  private static final StructType PICTURES =
      StructType.fromDDL("image_sha256 string, same_as string");

  private final SparkSession spark;
  private final Path runFolder;
  private final QualityConfig config;
  private final Held held = new Held();
  private final SortedMap<String, Double> measures = new TreeMap<>();

  /** Checks over a run, whose pictures are below {@code runFolder}, a full URI. */
  public QualityChecks(SparkSession spark, Path runFolder, QualityConfig config) {
    this.spark = spark;
    this.runFolder = runFolder;
    this.config = config;
  }

  /** Whether any check that ends rows is configured. */
  public boolean areAny() {
    return config.lengths() != null
        || config.languages() != null
        || config.benchmarks() != null
        || config.duplicateImages() != null
        || config.duplicateQuestions() != null;
  }

  /**
   * Runs the checks.
   *
   * @param rows with the columns of verify's boundary
   */
  public QualityResult of(Dataset<Row> rows) {
    if (!areAny()) {
      return new QualityResult(none(REJECTS), none(PICTURES), measures);
    }
    BenchmarkItems benchmarks = benchmarks();
    Dataset<Row> checked = held.disk(rowChecks(rows, benchmarks));
    Remaining remaining =
        new Remaining(
            checked.filter(col("code").isNull()).drop("code", "detail"),
            checked.filter(col("code").isNotNull()).select("sample_id", "code", "detail"));
    Dataset<Row> same = none(PICTURES);
    if (config.benchmarks() != null || config.duplicateImages() != null) {
      Dataset<Row> signatures = signatures(remaining.open());
      remaining = withoutSeen(remaining, signatures, benchmarks);
      same = same(remaining.open(), signatures);
      remaining = withoutRepeatedImages(remaining, same);
    }
    remaining = withoutRepeatedQuestions(remaining, same);
    Dataset<Row> rejects = held.disk(remaining.rejects());
    measure(checked.count(), rejects);
    return new QualityResult(rejects, same, measures);
  }

  /** The rows that no check has ended so far, and those that one has. */
  private record Remaining(Dataset<Row> open, Dataset<Row> rejects) {
    Remaining without(Dataset<Row> more) {
      Dataset<Row> left =
          open.join(
              more.select(col("sample_id").as("_ended")),
              col("sample_id").equalTo(col("_ended")),
              "left_anti");
      return new Remaining(left, rejects.unionByName(more));
    }
  }

  private Remaining withoutSeen(
      Remaining remaining, Dataset<Row> signatures, BenchmarkItems benchmarks) {
    return benchmarks == null
        ? remaining
        : remaining.without(held.disk(seen(remaining.open(), signatures, benchmarks.looks())));
  }

  private Dataset<Row> same(Dataset<Row> open, Dataset<Row> signatures) {
    DuplicateImages images = config.duplicateImages();
    return images == null
        ? none(PICTURES)
        : held.disk(new RepeatedImages(images.distance()).in(left(signatures, open)));
  }

  private Remaining withoutRepeatedImages(Remaining remaining, Dataset<Row> same) {
    DuplicateImages images = config.duplicateImages();
    return images == null || images.rows() == DuplicateImages.Rows.KEEP
        ? remaining
        : remaining.without(held.disk(repeated(remaining.open(), same)));
  }

  private Remaining withoutRepeatedQuestions(Remaining remaining, Dataset<Row> same) {
    DuplicateQuestions questions = config.duplicateQuestions();
    return questions == null
        ? remaining
        : remaining.without(
            new RepeatedQuestions(questions, held).in(withPictures(remaining.open(), same)));
  }

  private Dataset<Row> none(StructType type) {
    return spark.createDataFrame(List.of(), type);
  }

  private BenchmarkItems benchmarks() {
    if (config.benchmarks() == null) {
      return null;
    }
    BenchmarkItems items = BenchmarkItems.read(spark, config.benchmarks().files());
    measures.put("quality.benchmark_items", (double) items.count());
    measures.put("quality.benchmark_pictures", (double) items.pictureCount());
    measures.put("quality.benchmark_pictures_unreadable", (double) items.unreadable());
    return items;
  }

  private Dataset<Row> rowChecks(Dataset<Row> rows, BenchmarkItems benchmarks) {
    Broadcast<RunIndex> runs =
        benchmarks == null ? null : broadcast(benchmarks.index(config.benchmarks().runWords()));
    double overlap = benchmarks == null ? 1 : config.benchmarks().overlap();
    RowChecks checks =
        new RowChecks(
            new RowChecks.QualitySettings(config.lengths(), config.languages(), overlap), runs);
    boolean texts = config.lengths() != null;
    return rows.select(
            col("sample_id"),
            col("image_sha256"),
            col("image_path"),
            col("question"),
            col("choices"),
            col("answer"),
            (texts ? col("reasoning") : lit("")).as("reasoning"),
            (texts ? col("response") : lit("")).as("response"))
        .map(checks, Encoders.row(RowChecks.TYPE));
  }

  private <T> Broadcast<T> broadcast(T value) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(value);
  }

  private Dataset<Row> signatures(Dataset<Row> open) {
    Dataset<Row> signatures = held.disk(new ImageSignatures(spark, runFolder).of(open));
    measures.put("quality.pictures", (double) signatures.count());
    measures.put(
        "quality.pictures_undecodable", (double) signatures.filter(col("rows").isNull()).count());
    return signatures;
  }

  /** Rows whose picture is a benchmark's. */
  private Dataset<Row> seen(Dataset<Row> open, Dataset<Row> signatures, LookAlikes benchmarks) {
    Broadcast<LookAlikes> looks = broadcast(benchmarks);
    int distance = config.benchmarks().imageDistance();
    FlatMapFunction<Row, Row> find =
        row ->
            looks
                .value()
                .match(
                    new ImageSignature(row.getLong(1), row.getLong(2), row.<byte[]>getAs(3)),
                    distance)
                .map(match -> List.of(RowFactory.create(row.getString(0), said(match))))
                .orElse(List.of())
                .iterator();
    Dataset<Row> pictures =
        signatures
            .filter(col("rows").isNotNull())
            .flatMap(find, Encoders.row(StructType.fromDDL("_seen string, detail string")));
    return open.join(pictures, col("image_sha256").equalTo(col("_seen")))
        .select(
            col("sample_id"), lit(RejectReason.BENCHMARK_IMAGE.code()).as("code"), col("detail"));
  }

  private static String said(LookAlikes.Match match) {
    return "picture is that of %s, but for %d bits of 128"
        .formatted(match.item(), match.distance());
  }

  /** Rows about a picture that looks like another; the detail names a row about that one. */
  private static Dataset<Row> repeated(Dataset<Row> open, Dataset<Row> same) {
    Dataset<Row> firstRows =
        open.groupBy(col("image_sha256").as("_first_image")).agg(min("sample_id").as("_first_id"));
    Dataset<Row> named =
        same.join(firstRows, col("same_as").equalTo(col("_first_image")), "left_outer")
            .select(col("image_sha256").as("_image"), col("same_as"), col("_first_id"));
    return open.join(named, col("image_sha256").equalTo(col("_image")))
        .select(
            col("sample_id"),
            lit(RejectReason.IMAGE_DUPLICATE.code()).as("code"),
            concat(
                    lit("picture looks like that of "),
                    coalesce(col("_first_id"), lit("no row")),
                    lit(", "),
                    col("same_as"))
                .as("detail"));
  }

  /** Pictures that open rows still have. */
  private static Dataset<Row> left(Dataset<Row> signatures, Dataset<Row> open) {
    return signatures.join(
        open.select(col("image_sha256").as("_open")).distinct(),
        col("image_sha256").equalTo(col("_open")),
        "left_semi");
  }

  private static Dataset<Row> withPictures(Dataset<Row> open, Dataset<Row> same) {
    Dataset<Row> named = same.select(col("image_sha256").as("_image"), col("same_as"));
    return open.join(named, col("image_sha256").equalTo(col("_image")), "left_outer")
        .withColumn("picture", coalesce(col("same_as"), col("image_sha256")));
  }

  private void measure(long read, Dataset<Row> rejects) {
    Map<String, Long> ended = new HashMap<>();
    rejects
        .groupBy("code")
        .count()
        .collectAsList()
        .forEach(row -> ended.put(row.getString(0), row.getLong(1)));
    long open = read;
    for (QualityCheck check : QualityCheck.values()) {
      if (isConfigured(check)) {
        long rows = check.reasons().stream().mapToLong(r -> ended.getOrDefault(r.code(), 0L)).sum();
        measures.put(check.readMeasure(), (double) open);
        measures.put(check.endedMeasure(), (double) rows);
        open -= rows;
      }
    }
  }

  private boolean isConfigured(QualityCheck check) {
    return switch (check) {
      case LENGTHS -> config.lengths() != null;
      case LANGUAGES -> config.languages() != null;
      case BENCHMARKS -> config.benchmarks() != null;
      case DUPLICATE_IMAGES -> config.duplicateImages() != null;
      case DUPLICATE_QUESTIONS -> config.duplicateQuestions() != null;
    };
  }

  @Override
  public void close() {
    held.close();
  }
}
