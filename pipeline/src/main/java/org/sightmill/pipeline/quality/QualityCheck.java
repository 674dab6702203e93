package org.sightmill.pipeline.quality;

import java.util.Locale;
import java.util.Set;
import org.sightmill.pipeline.reject.RejectReason;

/** The checks that end rows, in the order in which they run. */
public enum QualityCheck {
  LENGTHS(RejectReason.TEXT_LENGTH),
  LANGUAGES(RejectReason.TEXT_LANGUAGE),
  BENCHMARKS(RejectReason.BENCHMARK_QUESTION, RejectReason.BENCHMARK_IMAGE),
  DUPLICATE_IMAGES(RejectReason.IMAGE_DUPLICATE),
  DUPLICATE_QUESTIONS(RejectReason.QUESTION_DUPLICATE, RejectReason.QUESTION_NEAR_DUPLICATE);

  private static final String PREFIX = "quality.";

  private final Set<RejectReason> reasons;

  QualityCheck(RejectReason... reasons) {
    this.reasons = Set.of(reasons);
  }

  /** The key of the configuration. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reasons that rows end with here. */
  public Set<RejectReason> reasons() {
    return reasons;
  }

  /** The measure of rows that it looked at. */
  public String readMeasure() {
    return PREFIX + "read." + label();
  }

  /** The measure of rows that it ended. */
  public String endedMeasure() {
    return PREFIX + "ended." + label();
  }
}
