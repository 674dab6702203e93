package org.sightmill.trainer.eval;

/** A benchmark file that is not what it should be; the message names file, line and fault. */
public final class BenchmarkFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchmarkFormatException(String message) {
    super(message);
  }
}
