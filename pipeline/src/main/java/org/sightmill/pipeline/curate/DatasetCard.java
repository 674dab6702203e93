package org.sightmill.pipeline.curate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The README.md that makes a folder of Parquet a Hugging Face data set: without it the {@code
 * image} column would be read as a plain struct, since Spark writes no {@code huggingface} footer.
 */
record DatasetCard(String text) {
  private static final String IMAGE = "image";

  static DatasetCard of(StructType schema, Map<String, Long> rows) {
    String features =
        Stream.of(schema.fields())
            .map(field -> feature(field, "      "))
            .collect(Collectors.joining());
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

  private static String feature(StructField field, String indent) {
    String name = indent + "- name: " + field.name() + "\n" + indent + "  ";
    if (field.name().equals(IMAGE)) {
      return name + "dtype: image\n";
    }
    DataType type = field.dataType();
    if (type instanceof ArrayType array && array.elementType() instanceof StructType struct) {
      // A list of structs, not a "sequence", which older readers turn into a struct of lists.
      return name
          + "list:\n"
          + Stream.of(struct.fields())
              .map(inner -> feature(inner, indent + "    "))
              .collect(Collectors.joining());
    }
    return type instanceof ArrayType array
        ? name + "sequence: " + dtype(array.elementType()) + "\n"
        : name + "dtype: " + dtype(type) + "\n";
  }

  private static String dtype(DataType type) {
    if (type.equals(DataTypes.LongType)) {
      return "int64";
    }
    if (type.equals(DataTypes.IntegerType)) {
      return "int32";
    }
    return type.equals(DataTypes.DoubleType) ? "float64" : "string";
  }

  private static String body(Map<String, Long> rows) {
    String table =
        rows.entrySet().stream()
            .map(entry -> "| %s | %,d |\n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return """

        # Verified visual reasoning data

        Made by Sightmill. `sft` and `rl` share no sample and no picture; `aha` holds every trace
        with a self-reflection cue as supervised data and may overlap `rl`.

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
