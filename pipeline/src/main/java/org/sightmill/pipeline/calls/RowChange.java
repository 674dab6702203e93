package org.sightmill.pipeline.calls;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** What becomes of a row: values for the step's columns, and a reject when it does not go on. */
public final class RowChange {
  private static final RowChange NONE = new RowChange(null, null, null);

  private final List<Object> values;
  private final Reject reject;
  private final String stoppedWhy;

  private RowChange(List<Object> values, Reject reject, String stoppedWhy) {
    this.values = values;
    this.reject = reject;
    this.stoppedWhy = stoppedWhy;
  }

  /** The row was not asked about, since the run stops: its step does not commit. */
  static RowChange stopped(String why) {
    return new RowChange(null, null, why);
  }

  /** The row goes on as it came. */
  public static RowChange none() {
    return NONE;
  }

  /**
   * The row goes on with these values, one for each of {@link RowLogic#columns}; null is a value.
   */
  public static RowChange set(Object... values) {
    return new RowChange(Collections.unmodifiableList(Arrays.asList(values)), null, null);
  }

  /** The row does not go on. */
  public static RowChange reject(RejectReason reason, String detail) {
    return new RowChange(null, new Reject(reason, detail), null);
  }

  /** This change, but the row does not go on. */
  public RowChange rejected(RejectReason reason, String detail) {
    return new RowChange(values, new Reject(reason, detail), null);
  }

  /** The values to set, or null when the row keeps its own. */
  public List<Object> values() {
    return values;
  }

  /** Why the run stops, or null when it does not. */
  String stoppedWhyOrNull() {
    return stoppedWhy;
  }

  /** Why the row does not go on, or null. */
  public Reject rejectOrNull() {
    return reject;
  }
}
