package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.sightmill.pipeline.check.InvalidConfigException;

/**
 * Names of columns that hold class numbers: from the configuration, else from what Hugging Face
 * {@code datasets} writes into a Parquet footer.
 */
final class ClassLabels {
  private static final String FOOTER_KEY = "huggingface";

  private ClassLabels() {}

  static Map<String, List<String>> of(SourceConfig config, FileStatus file, Configuration hadoop) {
    Map<String, List<String>> labels = new TreeMap<>(ofFooter(config, file, hadoop));
    config
        .options()
        .forEach(
            (option, value) -> {
              if (option.startsWith(GenericReader.LABELS)) {
                String column = option.substring(GenericReader.LABELS.length());
                labels.put(column, List.of(value.split("\\s*\\|\\s*")));
              }
            });
    return labels;
  }

  private static Map<String, List<String>> ofFooter(
      SourceConfig config, FileStatus file, Configuration hadoop) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
      String text = reader.getFileMetaData().getKeyValueMetaData().get(FOOTER_KEY);
      return text == null ? Map.of() : ofFeatures(Records.MAPPER.readTree(text));
    } catch (IOException | RuntimeException e) {
      // Parquet's readers throw unchecked exceptions on files of another format.
      throw new InvalidConfigException(
          List.of(
              "sources.%s.path: %s is not readable as Parquet: %s"
                  .formatted(config.name(), file.getPath(), e.getMessage())));
    }
  }

  /** Every feature of type ClassLabel. */
  static Map<String, List<String>> ofFeatures(JsonNode footer) {
    Map<String, List<String>> labels = new TreeMap<>();
    footer
        .path("info")
        .path("features")
        .properties()
        .forEach(
            feature -> {
              if (feature.getValue().path("_type").asText().equals("ClassLabel")) {
                List<String> names =
                    feature.getValue().path("names").valueStream().map(JsonNode::asText).toList();
                labels.put(feature.getKey(), names);
              }
            });
    return labels;
  }

  /** Puts the name in place of the number; the number -1 is Hugging Face's "no label". */
  static void name(ObjectNode record, String column, List<String> names) {
    JsonNode value = record.path(column);
    if (value.isIntegralNumber()) {
      int label = value.asInt();
      if (label >= 0 && label < names.size()) {
        record.put(column, names.get(label));
      } else if (label == -1) {
        record.putNull(column);
      }
    }
  }
}
