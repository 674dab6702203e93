package org.sightmill.pipeline.schema;

import java.util.Locale;

/** A place where data rests between steps; each has a file {@code conf/schema/v<n>/<name>.ddl}. */
public enum Boundary {
  COLLECT,
  CAPTION,
  DISTILL,
  REWRITE,
  VERIFY,
  CURATE,
  /** The side table of rows that did not go on, written by every step. */
  REJECTED;

  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".ddl";
  }
}
