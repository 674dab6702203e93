package org.sightmill.pipeline.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The schemas of the data contract. All columns are nullable, as Hugging Face's readers need them.
 */
public final class Schemas {
  /** The version that is written. Every version with files in {@code conf/schema} is read. */
  public static final int VERSION = 1;

  private static final String RESOURCE_FOLDER = "/sightmill/conf/schema/v";
  private static final Map<String, StructType> LOADED = new ConcurrentHashMap<>();

  private Schemas() {}

  /** The schema that is written at this boundary. */
  public static StructType of(Boundary boundary) {
    return of(boundary, VERSION);
  }

  /** The schema of an earlier version, to read data that it wrote. */
  public static StructType of(Boundary boundary, int version) {
    String resource = RESOURCE_FOLDER + version + "/" + boundary.fileName();
    return LOADED.computeIfAbsent(resource, Schemas::load);
  }

  /**
   * The data with exactly the columns of {@code boundary}, in order: what a step hands to the
   * writer.
   *
   * @throws SchemaMismatchException naming every column that is absent or of another type
   */
  public static Dataset<Row> conform(Dataset<Row> data, Boundary boundary) {
    StructType wanted = of(boundary);
    requireColumns(data.schema(), wanted, boundary);
    Column[] columns =
        Stream.of(wanted.fields())
            .map(field -> functions.col(field.name()).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new);
    return data.select(columns);
  }

  /**
   * Data of {@code version} as today's schema: columns that came later are null.
   *
   * @throws SchemaMismatchException naming every column that the version has and the data has not
   */
  public static Dataset<Row> upgrade(Dataset<Row> data, Boundary boundary, int version) {
    requireColumns(data.schema(), of(boundary, version), boundary);
    List<String> present = List.of(data.columns());
    Column[] columns =
        Stream.of(of(boundary).fields())
            .map(field -> presentOrNull(present, field))
            .toArray(Column[]::new);
    return data.select(columns);
  }

  private static Column presentOrNull(List<String> present, StructField field) {
    Column column =
        present.contains(field.name()) ? functions.col(field.name()) : functions.lit(null);
    return column.cast(field.dataType()).as(field.name());
  }

  private static void requireColumns(StructType found, StructType wanted, Boundary boundary) {
    List<String> problems = new ArrayList<>();
    List<String> names = List.of(found.fieldNames());
    for (StructField field : wanted.fields()) {
      if (!names.contains(field.name())) {
        problems.add("column " + field.name() + " is missing");
      } else if (!sameType(found.apply(field.name()).dataType(), field.dataType())) {
        problems.add(
            "column %s is %s, not %s"
                .formatted(
                    field.name(),
                    found.apply(field.name()).dataType().simpleString(),
                    field.dataType().simpleString()));
      }
    }
    if (!problems.isEmpty()) {
      throw new SchemaMismatchException(
          "schema of boundary %s: %s".formatted(boundary, String.join("; ", problems)));
    }
  }

  /** Equal up to nullability, which Parquet readers and writers change. */
  private static boolean sameType(DataType left, DataType right) {
    return left.simpleString().equals(right.simpleString());
  }

  private static StructType load(String resource) {
    try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new SchemaMismatchException("no schema " + resource + " on the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String ddl =
          text.lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .collect(Collectors.joining(", "));
      return StructType.fromDDL(ddl);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read schema " + resource, e);
    }
  }
}
