package org.sightmill.pipeline.export;

import java.io.Serializable;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * One consumer's view of a row.
 *
 * @param ddl the columns; all nullable, since Hugging Face's readers silently drop the picture type
 *     of a column that is not
 */
record RowForm(String ddl, Mapping mapping) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The values of the columns, in order. */
  @FunctionalInterface
  interface Mapping extends Serializable {
    Row row(CuratedRow row, Question question);
  }

  /** Rows of the data contract as the consumer's. */
  Dataset<Row> of(Dataset<Row> rows, Question question) {
    MapFunction<Row, Row> map = row -> mapping.row(new CuratedRow(row), question);
    return rows.map(map, Encoders.row(schema()));
  }

  StructType schema() {
    return StructType.fromDDL(ddl);
  }
}
