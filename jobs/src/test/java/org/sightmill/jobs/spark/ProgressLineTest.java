package org.sightmill.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.calls.CallProgress;

class ProgressLineTest {
  private static final CallNumbers NONE = new CallNumbers(CallProgress.NONE);
  private static final long SECOND = 1_000_000_000L;

  @Test
  void showsShareRateAndTimeLeft() {
    ProgressLine line = new ProgressLine("distill", 28_000, 0);
    assertThat(line.bar(7_000, NONE, 10 * SECOND))
        .isEqualTo(
            "distill  [=======>                    ]  25 %  7,000 of 28,000 rows, 700 rows/s,"
                + " 0:30 left");
    assertThat(line.bar(28_000, NONE, 40 * SECOND))
        .contains("[============================] 100 %");
  }

  @Test
  void countsAloneWhereTheTotalIsNotKnown() {
    assertThat(new ProgressLine("collect", -1, 0).bar(500, NONE, 2 * SECOND))
        .isEqualTo("collect  500 rows, 250 rows/s");
  }

  @Test
  void givesHoursForLongWork() {
    assertThat(new ProgressLine("distill", 1_000_000, 0).plain(100, NONE, SECOND))
        .isEqualTo("distill  100 of 1,000,000 rows, 100 rows/s, 2:46:39 left");
  }

  @Test
  void tellsWhatCallsDoAndWhatTheyWillCost() {
    CallNumbers calls =
        new CallNumbers(
            new CallProgress(
                200,
                10,
                Map.of(
                    "rows", 50L,
                    "calls_started", 60L,
                    "calls_ended", 52L,
                    "answers", 50L,
                    "input_tokens", 500L,
                    "output_tokens", 100L,
                    "micro_usd", 250_000L,
                    "fault RATE_LIMITED h:8000", 2L)));
    assertThat(new ProgressLine("distill", 200, 0).plain(50, calls, 10 * SECOND))
        .isEqualTo(
            "distill  50 of 200 rows, 5 rows/s, 0:30 left; 5.0 answers/s, 8 in flight,"
                + " 60 tokens/s, $0.25 of about $1.00, faults: 2 RATE_LIMITED h:8000");
  }
}
