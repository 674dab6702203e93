package org.sightmill.pipeline.export;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.pipeline.collect.image.ImageStore;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * The form of the VLAA-Thinking release: a JSON array a subset, and the pictures below {@code
 * images/}. {@code gt} is an integer where the answer is one, as CLEVR-Math's are there.
 */
record VlaaFolder(Path output, Path run, Configuration hadoop) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String IMAGES = "images/";

  List<String> write(Dataset<Row> rows, Subset subset) {
    Path parts = new Path(output, "_" + subset.label());
    MapFunction<Row, String> record = row -> json(new CuratedRow(row));
    rows.drop("image")
        .map(record, Encoders.STRING())
        .write()
        .mode(SaveMode.Overwrite)
        .text(parts.toString());
    copyPictures(rows);
    String name = subset.label() + ".json";
    joined(parts, new Path(output, name));
    return List.of(name);
  }

  private static String json(CuratedRow row) {
    ObjectNode record = JSON.createObjectNode();
    record.put("id", row.sampleId());
    record.put("image", picture(row.text("image_path")));
    record.put("question", row.question());
    gold(record, row);
    record.put("ds_answer", row.response());
    record.put("caption", row.text("caption") == null ? "" : row.text("caption"));
    record.set("meta", meta(row));
    try {
      return JSON.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can't fail to be written", e);
    }
  }

  private static String picture(String path) {
    return path != null && path.startsWith(IMAGES) ? path.substring(IMAGES.length()) : path;
  }

  private static void gold(ObjectNode record, CuratedRow row) {
    String gold = row.answer();
    if (row.answerType() == AnswerType.DIGIT && gold != null && gold.matches("-?\\d{1,9}")) {
      record.put("gt", Integer.parseInt(gold));
    } else {
      record.put("gt", gold);
    }
  }

  /** The source's own fields, and with them what else is known of the row. */
  private static ObjectNode meta(CuratedRow row) {
    ObjectNode meta = JSON.createObjectNode();
    JsonNode own = parsed(row.text("meta"));
    if (own instanceof ObjectNode fields) {
      meta.setAll(fields);
    }
    for (String column : List.of("source", "answer_type", "context", "rationale", "license")) {
      if (row.text(column) != null) {
        meta.put(column, row.text(column));
      }
    }
    if (row.choices() != null) {
      row.choices().forEach(meta.putArray("choices")::add);
    }
    return meta;
  }

  private static JsonNode parsed(String meta) {
    try {
      return meta == null ? null : JSON.readTree(meta);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("meta of a committed row is no JSON: " + meta, e);
    }
  }

  private void copyPictures(Dataset<Row> rows) {
    Path from = run;
    Path to = output;
    SerializableConfiguration conf = new SerializableConfiguration(hadoop);
    ForeachPartitionFunction<Row> copy =
        paths -> {
          FileSystem pictures = from.getFileSystem(conf.value());
          ImageStore copies = new ImageStore(to, conf.value());
          while (paths.hasNext()) {
            String path = paths.next().getString(0);
            if (!copies.contains(path)) { // another subset may have it too
              try (InputStream in = pictures.open(new Path(from, path))) {
                copies.put(path, in.readAllBytes());
              }
            }
          }
        };
    rows.select("image_path")
        .filter(col("image_path").isNotNull())
        .distinct()
        .foreachPartition(copy);
  }

  /** One array of the parts' lines; a record a line, so that it can be read with line tools too. */
  private void joined(Path parts, Path file) {
    try {
      FileSystem fileSystem = parts.getFileSystem(hadoop);
      try (OutputStream out = fileSystem.create(file, true)) {
        String before = "[\n";
        for (Path part : textParts(fileSystem, parts)) {
          try (BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(fileSystem.open(part), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              out.write((before + line).getBytes(StandardCharsets.UTF_8));
              before = ",\n";
            }
          }
        }
        out.write((before.equals("[\n") ? "[]\n" : "\n]\n").getBytes(StandardCharsets.UTF_8));
      }
      fileSystem.delete(parts, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static List<Path> textParts(FileSystem fileSystem, Path folder) throws IOException {
    List<Path> parts = new ArrayList<>();
    Stream.of(fileSystem.listStatus(folder))
        .map(FileStatus::getPath)
        .filter(path -> path.getName().startsWith("part-"))
        .sorted(Comparator.comparing(Path::getName))
        .forEach(parts::add);
    return parts;
  }
}
