package org.sightmill.jobs.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.sightmill.pipeline.step.DataFile;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.StepReport;

/** The text columns of a few rows, read straight from Parquet: a look costs a second, not ten. */
public final class SampleRows {
  private static final List<String> COLUMNS =
      List.of(
          "sample_id",
          "image_path",
          "question",
          "answer",
          "answer_type",
          "caption",
          "reasoning_raw",
          "answer_raw",
          "reasoning",
          "response",
          "verdict",
          "verdict_reason",
          "split");

  private SampleRows() {}

  /** The first {@code rows} of a step, each with its columns that are not null. */
  public static List<Map<String, String>> read(
      RunLayout layout, StepReport step, int rows, Configuration hadoop) {
    List<Map<String, String>> found = new ArrayList<>();
    try {
      for (DataFile file : step.files()) {
        if (found.size() < rows && file.rows() > 0) {
          Path path = new Path(layout.step(step.step()), file.path());
          readFile(path, rows, hadoop, found);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read rows of " + layout.step(step.step()), e);
    }
    return found;
  }

  private static void readFile(
      Path path, int rows, Configuration hadoop, List<Map<String, String>> found)
      throws IOException {
    MessageType columns = columns(path, hadoop);
    Configuration projected = new Configuration(hadoop);
    projected.set(ReadSupport.PARQUET_READ_SCHEMA, columns.toString());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path).withConf(projected).build()) {
      Group group = reader.read();
      while (group != null && found.size() < rows) {
        found.add(texts(group, columns));
        group = reader.read();
      }
    }
  }

  private static MessageType columns(Path path, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop))) {
      MessageType all = reader.getFooter().getFileMetaData().getSchema();
      List<Type> wanted =
          COLUMNS.stream().filter(all::containsField).map(name -> all.getType(name)).toList();
      return new MessageType(all.getName(), wanted);
    }
  }

  private static Map<String, String> texts(Group group, MessageType columns) {
    Map<String, String> row = new LinkedHashMap<>();
    for (Type column : columns.getFields()) {
      if (group.getFieldRepetitionCount(column.getName()) > 0) {
        row.put(column.getName(), group.getString(column.getName(), 0));
      }
    }
    return row;
  }

  /** Prints rows, each value on one line. */
  public static void print(List<Map<String, String>> rows, PrintWriter out) {
    for (Map<String, String> row : rows) {
      out.println();
      row.forEach((name, value) -> out.printf("  %-14s %s%n", name, Texts.shortened(value)));
    }
    out.flush();
  }
}
