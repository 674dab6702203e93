package org.sightmill.pipeline.teacher.log;

import org.sightmill.pipeline.check.Checks;

/**
 * When a log begins a new file.
 *
 * @param closeAnswers where only closed files are durable: answers in one file at most
 * @param closeBytes likewise, bytes from which on a file is closed
 * @param closeMillis likewise, the longest that an answer waits for its file to be closed
 * @param segmentBytes from which length on a file is not appended to any more
 */
record LogSettings(int closeAnswers, long closeBytes, long closeMillis, long segmentBytes) {
  static final LogSettings DEFAULT = new LogSettings(64, 1 << 20, 1_000, 256L << 20);

  LogSettings {
    new Checks()
        .atLeast(1, "close_answers", closeAnswers)
        .atLeast(1, "close_bytes", closeBytes)
        .atLeast(1, "close_millis", closeMillis)
        .atLeast(1, "segment_bytes", segmentBytes)
        .orThrow();
  }
}
