package org.sightmill.pipeline.calls;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.teacher.log.LoggedReply;
import org.sightmill.pipeline.teacher.log.ResponseFolder;
import org.sightmill.pipeline.teacher.log.ResponseLogs;
import org.sightmill.pipeline.teacher.log.SegmentReader;

/** The response log as a table, for audits: one row for each request, its latest reply. */
public final class ResponseTable {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "request_sha256 STRING, sample_id STRING, step STRING, role STRING, model STRING, "
              + "endpoint STRING, prompt_sha256 STRING, text STRING, reasoning STRING, "
              + "finish_reason STRING, failure_code STRING, failure_message STRING, "
              + "input_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, latency_ms BIGINT, "
              + "at_ms BIGINT");

  private final Dataset<Row> rows;

  private ResponseTable(Dataset<Row> rows) {
    this.rows = rows;
  }

  /** What one role was asked. */
  public record RoleTotals(
      String role,
      long replies,
      long failures,
      long inputTokens,
      long outputTokens,
      double costUsd) {}

  /** The log of a run's root. */
  public static ResponseTable of(SparkSession spark, RunLayout layout) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    List<String> segments;
    try (ResponseFolder log = ResponseLogs.open(layout.responses().toString(), hadoop)) {
      segments = log.segments().stream().map(Path::toString).toList();
    }
    SerializableConfiguration settings = new SerializableConfiguration(hadoop);
    FlatMapFunction<String, Row> read = segment -> read(segment, settings.value());
    Dataset<Row> all =
        spark
            .createDataset(segments, Encoders.STRING())
            .repartition(Math.max(1, Math.min(segments.size(), 200)))
            .flatMap(read, Encoders.row(SCHEMA));
    Dataset<Row> latest =
        all.groupBy("request_sha256")
            .agg(max_by(struct("*"), col("at_ms")).as("reply"))
            .select("reply.*");
    return new ResponseTable(latest);
  }

  private static Iterator<Row> read(String segment, Configuration hadoop) {
    Iterator<LoggedReply> replies = SegmentReader.replies(new Path(segment), hadoop);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return replies.hasNext();
      }

      @Override
      public Row next() {
        return row(replies.next());
      }
    };
  }

  private static Row row(LoggedReply reply) {
    boolean failed = reply.outcome() instanceof LoggedReply.Failure;
    LoggedReply.Answer answer = failed ? null : (LoggedReply.Answer) reply.outcome();
    LoggedReply.Failure failure = failed ? (LoggedReply.Failure) reply.outcome() : null;
    return RowFactory.create(
        reply.requestSha256(),
        reply.sampleId(),
        reply.step(),
        reply.role(),
        reply.model(),
        reply.endpoint(),
        reply.promptSha256(),
        failed ? null : answer.text(),
        failed ? null : answer.reasoning(),
        failed ? null : answer.finishReason(),
        failed ? failure.code() : null,
        failed ? failure.message() : null,
        reply.inputTokens(),
        reply.outputTokens(),
        reply.costUsd(),
        reply.latencyMs(),
        reply.atMs());
  }

  /** All rows. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** Sums by role. */
  public List<RoleTotals> byRole() {
    return rows
        .groupBy("role")
        .agg(
            count(lit(1)),
            count(col("failure_code")),
            coalesce(sum("input_tokens"), lit(0L)),
            coalesce(sum("output_tokens"), lit(0L)),
            coalesce(sum("cost_usd"), lit(0.0)))
        .orderBy("role")
        .collectAsList()
        .stream()
        .map(
            row ->
                new RoleTotals(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getDouble(5)))
        .toList();
  }
}
