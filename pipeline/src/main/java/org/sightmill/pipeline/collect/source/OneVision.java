package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Rows of {@code lmms-lab/LLaVA-OneVision-Data}: {@code id}, {@code image} as a struct of bytes and
 * path, {@code conversations}.
 */
final class OneVision {
  /** The card's label, and what it says beside it. */
  static final String LICENSE = "Apache-2.0 label; academic research and education only";

  private OneVision() {}

  /** A question that keeps the row's id and picture. */
  static Shaped shaped(ObjectNode record) {
    return Shaped.of(record)
        .keep(RawSchema.ID, RawSchema.IMAGE)
        .put(RawSchema.LICENSE, LICENSE)
        .meta("data_source", record.path("data_source"));
  }
}
