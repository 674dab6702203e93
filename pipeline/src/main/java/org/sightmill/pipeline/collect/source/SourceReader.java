package org.sightmill.pipeline.collect.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads one distribution of a data set. An extension point: implementations are found with {@link
 * java.util.ServiceLoader} on the driver, need a public constructor without parameters, and are
 * used in configuration by {@link #name}.
 */
public interface SourceReader {

  /** The name in configuration: lower case, unique. */
  String name();

  /** Raised when the same input gives other records: part of the step's fingerprint. */
  default String version() {
    return "1";
  }

  /**
   * What this reader can't use in {@code config}, each a sentence that starts with the key. Reads
   * no data.
   */
  default List<String> problems(SourceConfig config) {
    return config.path() == null ? List.of("path is required by reader " + name()) : List.of();
  }

  /**
   * As {@link #problems}, after a look at which files are there. Lives on the driver.
   *
   * @throws IOException when {@code path} can't be listed
   */
  default List<String> inputProblems(SourceConfig config, Configuration hadoop) throws IOException {
    return List.of();
  }

  /**
   * The configuration with what this reader knows of its distribution: where pictures lie, how
   * golds are written. What the user set stays.
   */
  default SourceConfig completed(SourceConfig config) {
    return config;
  }

  /**
   * Files, folders or globs that decide the output; their listing is part of the step's
   * fingerprint. A pattern that matches nothing stops the run before it starts.
   */
  default List<String> inputs(SourceConfig config) {
    List<String> inputs = new ArrayList<>();
    if (config.path() != null) {
      inputs.add(config.path());
    }
    if (config.images() != null) {
      inputs.add(config.images());
    }
    return inputs;
  }

  /**
   * The records, in columns of {@link RawSchema#TYPE}. A record that can't be read is a row with a
   * fault, never an exception; file and number identify a record and are the same whatever the
   * partitioning. May read listings and footers on the driver; data is read by the executors, when
   * the result is evaluated.
   */
  Dataset<Row> read(SparkSession spark, SourceConfig config);
}
