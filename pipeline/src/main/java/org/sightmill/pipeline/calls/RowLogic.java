package org.sightmill.pipeline.calls;

import java.io.Serializable;
import java.util.List;

/** What a step does with one row: a pure function, sent to executors. */
public interface RowLogic extends Serializable {
  /** The columns that it sets, in the order of {@link RowChange#values}. */
  List<String> columns();

  /** Settles the row, or says what to ask about it. */
  RowPlan plan(SampleRow row);
}
