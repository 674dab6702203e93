package org.sightmill.pipeline.collect.image;

import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/** A picture that can't be used, with the reason. Expected: it becomes a row of the side table. */
public final class ImageFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reject reject;

  /** A fault with its detail for people. */
  public ImageFault(RejectReason reason, String detail) {
    super(detail, null, false, false);
    this.reject = new Reject(reason, detail);
  }

  /** The reason. */
  public Reject reject() {
    return reject;
  }
}
