package org.sightmill.pipeline.step;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The two columns that a step adds while a row's fate is open: null code = the row goes on. */
public final class Outcome {
  /** A {@link org.sightmill.pipeline.reject.RejectReason} code, or null. */
  public static final String CODE = "_code";

  /** What a person needs to find the cause, or null. */
  public static final String DETAIL = "_detail";

  /**
   * In place of a reject's code: the row was not worked on, since the run stops. A step with such a
   * row can't commit.
   */
  public static final String STOPPED = "_STOPPED";

  private Outcome() {}

  /** {@code schema} with the two columns behind it. */
  public static StructType added(StructType schema) {
    StructType result = schema;
    for (String name : List.of(CODE, DETAIL)) {
      result = result.add(new StructField(name, DataTypes.StringType, true, Metadata.empty()));
    }
    return result;
  }
}
