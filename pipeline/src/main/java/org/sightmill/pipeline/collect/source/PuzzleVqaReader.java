package org.sightmill.pipeline.collect.source;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * PuzzleVQA as its repository lays it out: {@code data/<puzzle>.json}, one object a line in spite
 * of the name, and pictures in {@code data/images/<puzzle>/}. {@code path} is the {@code data}
 * folder or one of its files. The caption becomes the context, explanation and deduction the
 * rationale. Keys of {@code map} and {@code cut} win over what this reader sets.
 */
public final class PuzzleVqaReader implements SourceReader {
  private final GenericReader lines = new GenericReader();

  @Override
  public String name() {
    return "puzzlevqa";
  }

  @Override
  public List<String> problems(SourceConfig config) {
    List<String> problems = new java.util.ArrayList<>(SourceReader.super.problems(config));
    config
        .options()
        .keySet()
        .forEach(option -> problems.add("options.%s is unknown; there are none".formatted(option)));
    return problems;
  }

  @Override
  public Dataset<Row> read(SparkSession spark, SourceConfig config) {
    return lines.read(spark, layout(config));
  }

  /** The generic reader's configuration for this layout. */
  static SourceConfig layout(SourceConfig config) {
    SortedMap<String, String> map = new TreeMap<>();
    map.put(RawSchema.ID, "$.image");
    map.put(RawSchema.CHOICES, "$.options");
    map.put(RawSchema.CONTEXT, "$.caption");
    map.put(RawSchema.CAPTION, "");
    map.put(RawSchema.RATIONALE, "{explanation} {deduction}");
    map.put(RawSchema.LICENSE, "MIT");
    map.put(RawSchema.ANSWER_TYPE, "choice");
    map.putAll(config.map());
    SortedMap<String, String> cut = new TreeMap<>();
    cut.put(RawSchema.ID, "([^/]+?)(?:\\.[A-Za-z]+)?$");
    cut.putAll(config.cut());
    SortedMap<String, String> options = new TreeMap<>();
    return new SourceConfig(
        config.name(),
        config.reader(),
        config.path(),
        config.images(),
        config.imageNames(),
        map,
        cut,
        config.answerType(),
        AnswerAs.TEXT,
        config.box(),
        config.limit(),
        options);
  }
}
