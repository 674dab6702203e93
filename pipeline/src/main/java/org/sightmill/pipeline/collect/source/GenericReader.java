package org.sightmill.pipeline.collect.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads JSON Lines, JSON arrays and objects, CSV, TSV and Parquet, by a map from the source's
 * fields to Sightmill's. Options:
 *
 * <ul>
 *   <li>{@code format}: {@code jsonl}, {@code json}, {@code csv}, {@code tsv} or {@code parquet};
 *       else by file name
 *   <li>{@code records}: the top-level field that holds the records of a {@code json} object
 *   <li>{@code choices: in_question}: options stand in the question's last lines
 *   <li>{@code labels.<column>}: names of a class label column, between bars; Parquet written by
 *       Hugging Face {@code datasets} brings its own
 * </ul>
 */
public final class GenericReader implements SourceReader {
  static final String LABELS = "labels.";

  @Override
  public String name() {
    return SourceConfig.DEFAULT_READER;
  }

  @Override
  public List<String> problems(SourceConfig config) {
    List<String> problems = new ArrayList<>(SourceReader.super.problems(config));
    config.options().forEach((option, value) -> checkOption(option, value, problems));
    return problems;
  }

  private static void checkOption(String option, String value, List<String> problems) {
    boolean known = option.equals(JsonFile.RECORDS) || option.startsWith(LABELS);
    if (option.equals("format")) {
      known = true;
      if (FileFormat.fromLabel(value).isEmpty()) {
        problems.add(
            "options.format must be jsonl, json, csv, tsv or parquet but was '%s'"
                .formatted(value));
      }
    }
    if (option.equals(EmbeddedChoices.OPTION)) {
      known = true;
      if (!value.equals(EmbeddedChoices.IN_QUESTION)) {
        problems.add("options.choices must be in_question but was '%s'".formatted(value));
      }
    }
    if (!known) {
      problems.add(
          "options.%s is unknown; options are format, records, choices, labels.<column>"
              .formatted(option));
    }
  }

  @Override
  public Dataset<Row> read(SparkSession spark, SourceConfig config) {
    List<FileStatus> files =
        InputFiles.list(
            config.path(),
            spark.sparkContext().hadoopConfiguration(),
            name -> FileFormat.of(config, name).isPresent());
    return new FormatRows(spark, Intake.of(config)).of(files);
  }
}
