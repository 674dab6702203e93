package org.sightmill.jobs.score;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Scores as Parquet, through Spark. */
public final class ScoreTable {
  /** Columns of the output; the id as text. */
  static final String SCHEMA =
      "id STRING, token_ids ARRAY<INT>, logprobs ARRAY<FLOAT>, perplexity DOUBLE, reason STRING";

  private ScoreTable() {}

  /** Writes the rows of a Parquet file or folder as lines of JSON, nulls left out. */
  public static void toLines(SparkSession spark, Path parquet, Path lines) throws IOException {
    Iterator<String> rows = spark.read().parquet(uri(parquet)).toJSON().toLocalIterator();
    try (Writer out = Files.newBufferedWriter(lines)) {
      while (rows.hasNext()) {
        out.write(rows.next() + "\n");
      }
    }
  }

  /** Turns written lines into a folder of Parquet in one file; an older one is replaced. */
  public static void ofLines(SparkSession spark, Path lines, Path parquet) {
    Dataset<Row> rows = spark.read().schema(SCHEMA).json(uri(lines));
    rows.coalesce(1).write().mode("overwrite").parquet(uri(parquet));
  }

  private static String uri(Path path) {
    return path.toAbsolutePath().toUri().toString();
  }
}
