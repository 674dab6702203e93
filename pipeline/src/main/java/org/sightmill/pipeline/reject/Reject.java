package org.sightmill.pipeline.reject;

import java.util.Objects;

/**
 * One row's reason, with the detail a person needs to find it: which field, which file, which
 * value.
 *
 * @param detail at most {@value #MAX_DETAIL_CHARS} characters; longer text is cut
 */
public record Reject(RejectReason reason, String detail) {
  /** Bounds the side table when a record itself is the detail. */
  public static final int MAX_DETAIL_CHARS = 2_000;

  /** Cuts the detail. */
  public Reject {
    Objects.requireNonNull(reason, "reason is null");
    detail = detail == null ? "" : detail;
    if (detail.length() > MAX_DETAIL_CHARS) {
      detail = detail.substring(0, MAX_DETAIL_CHARS) + "…";
    }
  }
}
