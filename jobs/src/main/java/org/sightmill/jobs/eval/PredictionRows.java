package org.sightmill.jobs.eval;

import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sightmill.trainer.eval.Prediction;

/** Predictions as Parquet rows. {@code prediction} is what VLMEvalKit's adapter passes on. */
final class PredictionRows {
  static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.StringType)
          .add("outcome", DataTypes.StringType)
          .add("prediction", DataTypes.StringType)
          .add("response", DataTypes.StringType)
          .add("truncated", DataTypes.BooleanType)
          .add("prompt_tokens", DataTypes.IntegerType)
          .add("completion_tokens", DataTypes.IntegerType)
          .add("seconds", DataTypes.DoubleType)
          .add("executor", DataTypes.StringType);

  private PredictionRows() {}

  static Row row(Prediction prediction, String executor) {
    return RowFactory.create(
        prediction.index(),
        prediction.outcome(),
        prediction.answered() ? prediction.passedOn() : null,
        prediction.response(),
        prediction.truncated(),
        prediction.promptTokens(),
        prediction.completionTokens(),
        prediction.seconds(),
        executor);
  }

  static Prediction prediction(Row row) {
    return new Prediction(
        row.getAs("index"),
        row.getAs("outcome"),
        row.getAs("response"),
        Objects.requireNonNullElse(row.getAs("truncated"), false),
        Objects.requireNonNullElse(row.getAs("prompt_tokens"), 0),
        Objects.requireNonNullElse(row.getAs("completion_tokens"), 0),
        Objects.requireNonNullElse(row.getAs("seconds"), 0.0));
  }
}
