package org.sightmill.pipeline.quality;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the checks found.
 *
 * @param rejects {@code sample_id, code, detail} of the rows that end
 * @param pictures {@code image_sha256, same_as} of pictures that count as another one; empty where
 *     pictures are not compared
 * @param measures for the step's report: {@code quality.read.CHECK} and {@code quality.ended.CHECK}
 *     rows of each check that ran, and what it could not look at
 */
public record QualityResult(
    Dataset<Row> rejects, Dataset<Row> pictures, SortedMap<String, Double> measures) {
  /** Copies the measures. */
  public QualityResult {
    measures = Collections.unmodifiableSortedMap(new TreeMap<>(measures));
  }
}
