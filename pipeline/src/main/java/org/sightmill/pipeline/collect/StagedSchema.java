package org.sightmill.pipeline.collect;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Outcome;

/** Collect's columns while duplicates are open: output, outcome, and where the record came from. */
final class StagedSchema {
  static final String FILE = "_file";
  static final String NUMBER = "_number";

  /** SHA-256 over everything a record holds: equal = an exact repetition. */
  static final String DIGEST = "_digest";

  static final StructType TYPE =
      Outcome.added(Schemas.of(Boundary.COLLECT))
          .add(FILE, DataTypes.StringType)
          .add(NUMBER, DataTypes.LongType)
          .add(DIGEST, DataTypes.StringType);

  private StagedSchema() {}
}
