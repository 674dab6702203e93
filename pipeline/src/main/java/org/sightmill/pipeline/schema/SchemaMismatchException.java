package org.sightmill.pipeline.schema;

/** Data that does not have the columns or types of its boundary. */
public final class SchemaMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaMismatchException(String message) {
    super(message);
  }
}
