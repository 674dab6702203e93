package org.sightmill.jobs.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Some columns of a Parquet file, row by row, without Spark. Texts, numbers and lists of texts; a
 * column that the file does not have is absent from every row.
 */
final class ParquetScan {
  private final Configuration hadoop;
  private final List<String> columns;

  ParquetScan(Configuration hadoop, List<String> columns) {
    this.hadoop = hadoop;
    this.columns = List.copyOf(columns);
  }

  /** Shows rows to {@code more} until it answers false or the file ends; whether it ended. */
  boolean read(Path file, Predicate<Map<String, Object>> more) throws IOException {
    MessageType schema = schema(file);
    Configuration projected = new Configuration(hadoop);
    projected.set(ReadSupport.PARQUET_READ_SCHEMA, schema.toString());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(projected).build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        if (!more.test(values(group, schema))) {
          return false;
        }
      }
      return true;
    }
  }

  private MessageType schema(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop))) {
      MessageType all = reader.getFooter().getFileMetaData().getSchema();
      List<Type> wanted =
          columns.stream().filter(all::containsField).map(name -> all.getType(name)).toList();
      return new MessageType(all.getName(), wanted);
    }
  }

  private static Map<String, Object> values(Group group, MessageType schema) {
    Map<String, Object> values = new HashMap<>();
    for (Type column : schema.getFields()) {
      value(group, column).ifPresent(value -> values.put(column.getName(), value));
    }
    return values;
  }

  private static Optional<Object> value(Group group, Type column) {
    String name = column.getName();
    if (group.getFieldRepetitionCount(name) == 0) {
      return Optional.empty();
    }
    if (!column.isPrimitive()) {
      return Optional.of(texts(group.getGroup(name, 0)));
    }
    if (column.getLogicalTypeAnnotation()
        instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation) {
      return Optional.of(group.getString(name, 0));
    }
    return Optional.of(group.getValueToString(group.getType().getFieldIndex(name), 0));
  }

  /** A list as Spark writes it: a repeated group of one field. */
  private static List<String> texts(Group list) {
    List<String> texts = new ArrayList<>();
    String repeated = list.getType().getFieldName(0);
    for (int i = 0; i < list.getFieldRepetitionCount(repeated); i++) {
      Group item = list.getGroup(repeated, i);
      if (item.getFieldRepetitionCount(0) > 0) {
        texts.add(item.getValueToString(0, 0));
      }
    }
    return texts;
  }
}
