package org.sightmill.pipeline.collect;

import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** A record that can't go on, with the reason. Expected: it becomes a row of the side table. */
final class RowFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reject reject;

  RowFault(RejectReason reason, String detail) {
    this(new Reject(reason, detail));
  }

  RowFault(Reject reject) {
    super(reject.detail(), null, false, false);
    this.reject = reject;
  }

  Reject reject() {
    return reject;
  }
}
