package org.sightmill.jobs.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.api.Binary;
import org.sightmill.pipeline.step.DataFile;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.StepReport;

/**
 * Where one sample comes from: its source record, the calls made for it, the prompts they filled,
 * the code that ran, and where it ended. Read from the run's files without Spark.
 *
 * @param steps where it was after each step that has it: a subset of curate, {@code passed}, or the
 *     code and detail with which it ended
 * @param record the columns that say where it is from and what was made of it
 * @param calls for it, in order; numbers as text, absent where the call has none
 * @param prompts hash of each prompt that a step of the run was configured with, by step and role
 * @param versions of the code
 */
public record SampleChain(
    String sampleId,
    Map<String, String> steps,
    Map<String, String> record,
    List<Map<String, String>> calls,
    Map<String, String> prompts,
    Map<String, String> versions) {
  private static final List<String> COLUMNS =
      List.of(
          "source",
          "origin",
          "license",
          "image_sha256",
          "image_path",
          "question",
          "answer",
          "answer_type",
          "caption_origin",
          "verdict",
          "verdict_by",
          "verdict_reason",
          "perplexity",
          "pass_rate",
          "split");

  /** What is shown of a call, in order. */
  private static final List<String> CALL =
      List.of(
          "step",
          "model",
          "endpoint",
          "prompt_sha256",
          "request_sha256",
          "input_tokens",
          "output_tokens",
          "cost_usd",
          "latency_ms");

  /** Follows a sample; empty where no committed step of the run knows it. */
  public static Optional<SampleChain> of(
      String sampleId, RunLayout layout, RunSummary summary, Configuration hadoop) {
    Map<String, String> steps = new LinkedHashMap<>();
    Map<String, String> prompts = new LinkedHashMap<>();
    Group last = null;
    try {
      for (StepReport step : summary.steps()) {
        prompts(step, prompts);
        Group row = row(sampleId, layout, step, steps, hadoop);
        last = row == null ? last : row;
        rejected(sampleId, layout.rejected(step.step()), hadoop)
            .ifPresent(why -> steps.put(step.step().label(), why));
      }
      if (steps.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new SampleChain(
              sampleId,
              steps,
              last == null ? Map.of() : texts(last, COLUMNS),
              last == null ? List.of() : calls(last),
              prompts,
              versions(new Path(layout.runInfo(), "versions.json"), hadoop)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the files of " + layout.folder(), e);
    }
  }

  private static void prompts(StepReport step, Map<String, String> prompts) {
    step.fingerprintParts()
        .forEach(
            (name, value) -> {
              if (name.startsWith("prompt.")) {
                prompts.put(
                    "%s of %s".formatted(name.substring("prompt.".length()), step.step().label()),
                    value);
              }
            });
  }

  private static Group row(
      String sampleId,
      RunLayout layout,
      StepReport step,
      Map<String, String> steps,
      Configuration hadoop)
      throws IOException {
    Group found = null;
    for (DataFile file : step.files()) {
      Group row = first(sampleId, new Path(layout.step(step.step()), file.path()), hadoop);
      if (row != null) {
        found = row;
        int slash = file.path().indexOf('/');
        String where = slash < 0 ? "passed" : file.path().substring(0, slash);
        steps.merge(step.step().label(), where, (one, other) -> one + ", " + other);
      }
    }
    return found;
  }

  /** Row groups whose ids do not span the wanted one are not read. */
  private static Group first(String sampleId, Path file, Configuration hadoop) throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file)
            .withConf(hadoop)
            .withFilter(
                FilterCompat.get(
                    FilterApi.eq(FilterApi.binaryColumn("sample_id"), Binary.fromString(sampleId))))
            .build()) {
      return reader.read();
    }
  }

  private static Optional<String> rejected(String sampleId, Path folder, Configuration hadoop)
      throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    for (FileStatus file : files.exists(folder) ? files.listStatus(folder) : new FileStatus[0]) {
      if (file.getPath().getName().endsWith(".parquet")) {
        Group row = first(sampleId, file.getPath(), hadoop);
        if (row != null) {
          Map<String, String> why = texts(row, List.of("code", "detail"));
          return Optional.of(why.get("code") + ": " + why.getOrDefault("detail", ""));
        }
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> texts(Group group, List<String> columns) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String column : columns) {
      if (group.getType().containsField(column) && group.getFieldRepetitionCount(column) > 0) {
        texts.put(column, group.getValueToString(group.getType().getFieldIndex(column), 0));
      }
    }
    return texts;
  }

  /** A list as Spark writes it: a repeated group of one field. */
  private static List<Map<String, String>> calls(Group row) {
    List<Map<String, String>> calls = new ArrayList<>();
    if (!row.getType().containsField("provenance")
        || row.getFieldRepetitionCount("provenance") == 0) {
      return calls;
    }
    Group list = row.getGroup("provenance", 0);
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      calls.add(texts(list.getGroup(0, i).getGroup(0, 0), CALL));
    }
    return calls;
  }

  private static Map<String, String> versions(Path file, Configuration hadoop) throws IOException {
    Map<String, String> versions = new LinkedHashMap<>();
    FileSystem files = file.getFileSystem(hadoop);
    if (files.exists(file)) {
      try (InputStream in = files.open(file)) {
        Json.MAPPER
            .readTree(in)
            .properties()
            .forEach(entry -> versions.put(entry.getKey(), entry.getValue().asText()));
      }
    }
    return versions;
  }

  /** Prints it for people. */
  public void print(PrintWriter out) {
    out.printf("Sample %s%n", sampleId);
    print("Where it was after each step", steps, out);
    print("Source record and result", record, out);
    out.printf("%nCalls made for it%n");
    if (calls.isEmpty()) {
      out.println("  none");
    }
    for (Map<String, String> call : calls) {
      out.println();
      call.forEach((name, value) -> out.printf("  %-15s %s%n", name, Texts.shortened(value)));
    }
    print("Prompts of the run (SHA-256)", prompts, out);
    print("Code", versions, out);
    out.flush();
  }

  private static void print(String title, Map<String, String> values, PrintWriter out) {
    out.printf("%n%s%n", title);
    values.forEach((name, value) -> out.printf("  %-22s %s%n", name, Texts.shortened(value)));
  }
}
