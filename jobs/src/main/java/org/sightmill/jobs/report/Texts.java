package org.sightmill.jobs.report;

/** Text for a terminal. */
final class Texts {
  private static final int MAX_CHARS = 160;

  private Texts() {}

  /** On one line, cut with an ellipsis. */
  static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS - 1) + "…";
  }
}
