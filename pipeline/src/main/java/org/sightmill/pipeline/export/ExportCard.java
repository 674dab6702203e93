package org.sightmill.pipeline.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.prompt.PolicyPrompt;
import org.sightmill.pipeline.schema.HubFeatures;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.StepReport;

/** The README.md of an export, and what else a consumer needs beside the data. */
record ExportCard(
    ExportConfig config,
    RunLayout layout,
    StepReport curated,
    RunHistory history,
    PolicyPrompt prompt,
    ExportReport report,
    Map<String, SourceCounts> sources,
    Map<String, StructType> schemas) {

  void write(Path output, Configuration hadoop) {
    if (config.format() == ExportFormat.LLAMA_FACTORY) {
      write(new Path(output, "dataset_info.json"), datasetInfo(), hadoop);
    }
    write(new Path(output, "README.md"), text(), hadoop);
  }

  private static void write(Path file, String text, Configuration hadoop) {
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** LLaMA-Factory finds a data set by its entry here. */
  private String datasetInfo() {
    Map<String, Object> entries = new TreeMap<>();
    for (String subset : schemas.keySet()) {
      entries.put(
          "sightmill_" + subset,
          Map.of(
              "file_name",
              subset,
              "formatting",
              "sharegpt",
              "columns",
              new TreeMap<>(
                  Map.of("messages", "conversations", "images", "images", "system", "system"))));
    }
    try {
      return Json.MAPPER.writeValueAsString(entries) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can't fail to be written", e);
    }
  }

  String text() {
    return frontMatter()
        + """
          # Verified visual reasoning data

          Made by Sightmill from run `%s` for %s. `sft` and `rl` share no sample and no picture; `aha`
          holds traces with self-reflection and may repeat rows of `rl`.

          ## Rows

          | subset | source | answer | licence | rows |
          |---|---|---|---|---|
          %s
          %s
          ## How it was made

          Six steps: collect, caption, distill, rewrite, verify, curate. Each row's answer was verified
          against its gold. `sightmill inspect --run-id %s --sample ID` follows a row's `sample_id` back
          to its source record, the calls made for it, their prompts and the code.

          | step | rows in | rows out | why rows ended |
          |---|---|---|---|
          %s

          | what | SHA-256 |
          |---|---|
          | prompt `policy` | `%s` |
          %s| run, up to curate | `%s` |

          ## Limits

          Captions and traces are written by models and may be wrong where the answer is right. Verification
          compares answers, not reasoning. The licence of a row is what its source states.
          """
            .formatted(
                layout.runId(),
                config.format().label(),
                rows(),
                withheld(),
                layout.runId(),
                history.funnel(),
                prompt.sha256(),
                history.hashes(),
                curated.fingerprint());
  }

  private String frontMatter() {
    if (config.format() == ExportFormat.VLAA) {
      return "";
    }
    return schemas.keySet().stream()
            .map(
                subset ->
                    """
                      - config_name: %1$s
                        data_files:
                          - split: train
                            path: %1$s/train-*.parquet
                    """
                        .formatted(subset))
            .collect(Collectors.joining("", "---\nconfigs:\n", "dataset_info:\n"))
        + schemas.entrySet().stream()
            .map(
                entry ->
                    "  - config_name: %s\n    features:\n%s"
                        .formatted(entry.getKey(), HubFeatures.yaml(entry.getValue(), "      ")))
            .collect(Collectors.joining("", "", "---\n\n"));
  }

  private String rows() {
    StringBuilder table = new StringBuilder();
    sources.forEach(
        (subset, counts) ->
            counts
                .counts()
                .forEach(
                    count ->
                        table.append(
                            "| %s | %s | %s | %s | %,d |%n"
                                .formatted(
                                    subset,
                                    count.source(),
                                    count.answerType(),
                                    count.license(),
                                    count.rows()))));
    return table.toString();
  }

  private String withheld() {
    if (report.withheld().isEmpty()) {
      return "";
    }
    List<String> lines =
        report.withheld().entrySet().stream()
            .map(entry -> "%,d rows under '%s'".formatted(entry.getValue(), entry.getKey()))
            .toList();
    return "Withheld, since their licence forbids commercial use: %s.\n"
        .formatted(String.join(", ", lines));
  }
}
