package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rows of Parquet files: structs, lists and maps as JSON, bytes as they are, class labels by
 * name. A record's number is its row in the file, from 1.
 */
final class ParquetRows {
  /**
   * Rows decoded at once. Spark's 4,096 hold thousands of pictures: more than a small executor has
   * memory for.
   */
  private static final int BATCH_ROWS = 64;

  private static final String FILE = "_sightmill_file";
  private static final String ROW = "_sightmill_row";
  private static final JsonNodeFactory NODES = new JsonNodeFactory(true);

  private ParquetRows() {}

  static JavaRDD<Row> read(SparkSession spark, Intake intake, List<FileStatus> files) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.parquet.columnarReaderBatchSize", Integer.toString(BATCH_ROWS));
    String[] paths = files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
    Dataset<Row> rows =
        session
            .read()
            .parquet(paths)
            .select(
                functions.col("*"),
                functions.col("_metadata.file_path").as(FILE),
                functions.col("_metadata.row_index").as(ROW));
    Map<String, List<String>> labels =
        ClassLabels.of(intake.config(), files.get(0), spark.sparkContext().hadoopConfiguration());
    return rows.javaRDD()
        .mapPartitions(
            found -> {
              RecordRows records = new RecordRows(intake);
              return new StreamRows(stream(found, records, labels), "Parquet files");
            });
  }

  private static RowStream stream(
      Iterator<Row> rows, RecordRows records, Map<String, List<String>> labels) {
    return new RowStream() {
      @Override
      public boolean read(Consumer<Row> out) {
        boolean more = rows.hasNext();
        if (more) {
          Row row = rows.next();
          records.record(record(row, labels), file(row), number(row), out);
        }
        return more;
      }

      @Override
      public void close() {
        // Spark closes its own files.
      }
    };
  }

  private static String file(Row row) {
    return row.getAs(FILE);
  }

  private static long number(Row row) {
    return row.<Long>getAs(ROW) + 1;
  }

  private static ObjectNode record(Row row, Map<String, List<String>> labels) {
    ObjectNode record = object(row);
    record.remove(List.of(FILE, ROW));
    labels.forEach((column, names) -> ClassLabels.name(record, column, names));
    return record;
  }

  private static ObjectNode object(Row row) {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < row.size(); i++) {
      object.set(row.schema().fields()[i].name(), node(row.get(i)));
    }
    return object;
  }

  private static JsonNode node(Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Row row) {
      return object(row);
    }
    if (value instanceof Seq<?> list) {
      return array(CollectionConverters.asJava(list));
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      CollectionConverters.asJava(map)
          .forEach((key, item) -> object.set(String.valueOf(key), node(item)));
      return object;
    }
    return scalar(value);
  }

  private static ArrayNode array(Iterable<?> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(node(value)));
    return array;
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof byte[] bytes) {
      return NODES.binaryNode(bytes);
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof BigDecimal decimal) {
      return NODES.numberNode(decimal);
    }
    if (value instanceof Double || value instanceof Float) {
      return floating(value);
    }
    return value instanceof Number number
        ? NODES.numberNode(number.longValue())
        : NODES.textNode(value.toString());
  }

  /** NaN and infinities have no number in JSON. */
  private static JsonNode floating(Object value) {
    boolean finite = Double.isFinite(((Number) value).doubleValue());
    return finite ? NODES.numberNode(new BigDecimal(value.toString())) : NODES.nullNode();
  }
}
