package org.sightmill.pipeline.collect;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** One run of collect into a folder, for tests. */
final class CollectRun {
  private final SparkSession spark = TestSpark.session();
  private final RunStore store;
  private final CollectConfig config;

  CollectRun(Path root, CollectConfig config) {
    this.store =
        new RunStore(
            new RunLayout(root.toString(), "run"), spark.sparkContext().hadoopConfiguration());
    this.config = config;
  }

  static CollectRun of(Path root, SourceConfig... sources) {
    return new CollectRun(root, CollectConfig.of(List.of(sources)));
  }

  /** A source with nothing but these; what else there is its reader sets. */
  static SourceConfig source(String name, String reader, Path path, Map<String, String> options) {
    return new SourceConfig(
        name,
        reader,
        path == null ? null : path.toString(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new TreeMap<>(options));
  }

  CollectStep step() {
    return new CollectStep(spark, store, config, SourceReaders.load());
  }

  StepReport run() {
    return step().run();
  }

  Dataset<Row> rows() {
    return store.rows(spark, store.report(StepName.COLLECT).orElseThrow());
  }

  /** The rows that were collected, by id. */
  Map<String, Row> byId() {
    Map<String, Row> rows = new TreeMap<>();
    rows().collectAsList().forEach(row -> rows.put(row.getAs("sample_id"), row));
    return rows;
  }

  Dataset<Row> rejected() {
    return spark.read().parquet(store.layout().rejected(StepName.COLLECT).toString());
  }

  /** {@code code: detail} of every row that was rejected, by id. */
  Map<String, String> reasons() {
    Map<String, String> reasons = new TreeMap<>();
    rejected()
        .collectAsList()
        .forEach(
            row ->
                reasons.put(
                    row.getAs("sample_id") == null ? row.getAs("detail") : row.getAs("sample_id"),
                    row.getAs("code") + ": " + row.getAs("detail")));
    return reasons;
  }

  Path folder() {
    return Path.of(store.layout().folder().toUri().getPath());
  }
}
