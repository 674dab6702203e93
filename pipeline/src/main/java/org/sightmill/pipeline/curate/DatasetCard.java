package org.sightmill.pipeline.curate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.schema.HubFeatures;

/** The README.md that makes a folder of Parquet a Hugging Face data set with its subsets. */
record DatasetCard(String text) {
  static DatasetCard of(StructType schema, Map<String, Long> rows) {
    String features = HubFeatures.yaml(schema, "      ");
    StringBuilder yaml = new StringBuilder("---\nconfigs:\n");
    rows.keySet().forEach(subset -> yaml.append(config(subset)));
    yaml.append("dataset_info:\n");
    rows.keySet()
        .forEach(
            subset ->
                yaml.append("  - config_name: " + subset + "\n    features:\n").append(features));
    return new DatasetCard(yaml.append("---\n").append(body(rows)).toString());
  }

  private static String config(String subset) {
    return """
          - config_name: %1$s
            data_files:
              - split: train
                path: %1$s/*.parquet
        """
        .formatted(subset);
  }

  private static String body(Map<String, Long> rows) {
    String table =
        rows.entrySet().stream()
            .map(entry -> "| %s | %,d |\n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return """

        # Verified visual reasoning data

        Made by Sightmill. `sft` and `rl` share no sample and no picture; `aha` holds every trace
        with a self-reflection cue as supervised data and may overlap `rl`. A subset with a number
        in its name is that many rows of its split, those of the highest values.

        | subset | rows |
        |---|---|
        %s
        Licence and origin are columns of each row.

        ```python
        from datasets import load_dataset
        rows = load_dataset("path/to/this/folder", "sft", split="train")
        rows[0]["image"]
        ```
        """
        .formatted(table);
  }

  void write(Path folder, Configuration hadoop) {
    Path file = new Path(folder, "README.md");
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
