package org.sightmill.pipeline.collect.source;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** The raw rows of files, each by its own format. Lives on the driver. */
final class FormatRows {
  private static final int PARTITIONS_PER_SLOT = 4;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Intake intake;

  FormatRows(SparkSession spark, Intake intake) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.intake = intake;
  }

  Dataset<Row> of(List<FileStatus> files) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Map<FileFormat, List<FileStatus>> byFormat = new TreeMap<>();
    for (FileStatus file : files) {
      FileFormat format = FileFormat.detect(intake.config(), file.getPath(), hadoop);
      byFormat.computeIfAbsent(format, unused -> new ArrayList<>()).add(file);
    }
    Dataset<Row> rows = spark.createDataFrame(List.of(), RawSchema.TYPE);
    for (Map.Entry<FileFormat, List<FileStatus>> entry : byFormat.entrySet()) {
      rows = rows.union(rows(entry.getKey(), entry.getValue()));
    }
    return rows;
  }

  private Dataset<Row> rows(FileFormat format, List<FileStatus> files) {
    Intake taken = intake;
    return switch (format) {
      case JSONL -> frame(JsonLines.read(context, taken, files));
      case PARQUET -> frame(ParquetRows.read(spark, taken, files));
      case JSON -> json(files);
      case CSV -> spread(files, (in, file) -> new CsvFile(in, file, taken, ','));
      case TSV -> spread(files, (in, file) -> new CsvFile(in, file, taken, '\t'));
    };
  }

  private Dataset<Row> json(List<FileStatus> files) {
    Intake taken = intake;
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<FileStatus> plain = new ArrayList<>();
    List<FileStatus> packed = new ArrayList<>();
    files.forEach(file -> (Files.isPacked(file.getPath(), hadoop) ? packed : plain).add(file));
    Dataset<Row> rows = frame(parts(plain));
    return packed.isEmpty()
        ? rows
        : rows.union(spread(packed, (in, file) -> JsonFile.whole(in, file, taken)));
  }

  private JavaRDD<Row> parts(List<FileStatus> files) {
    Intake taken = intake;
    List<JsonPart> parts =
        JsonParts.of(context, taken.records()).of(files, JsonLines.splitBytes(context, files));
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    return context
        .parallelize(parts, Math.max(1, parts.size()))
        .flatMap(part -> new StreamRows(JsonFile.part(part, hadoop.value(), taken), part.file()));
  }

  private Dataset<Row> frame(JavaRDD<Row> rows) {
    return spark.createDataFrame(rows, RawSchema.TYPE);
  }

  /** Rows of a few big files over all slots; by hash, so that no task depends on their order. */
  private Dataset<Row> spread(List<FileStatus> files, RowStream.Opener opener) {
    int partitions = spark.sparkContext().defaultParallelism() * PARTITIONS_PER_SLOT;
    return frame(WholeFiles.read(context, files, opener))
        .repartition(partitions, col(RawSchema.FILE), col(RawSchema.NUMBER));
  }
}
