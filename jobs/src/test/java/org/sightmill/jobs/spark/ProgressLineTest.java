package org.sightmill.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void showsShareRateAndTimeLeft() {
    ProgressLine line = new ProgressLine("distill", 28_000, 0);
    assertThat(line.bar(7_000, 10 * SECOND))
        .isEqualTo(
            "distill  [=======>                    ]  25 %  7,000 of 28,000 rows, 700 rows/s,"
                + " 0:30 left");
    assertThat(line.bar(28_000, 40 * SECOND)).contains("[============================] 100 %");
  }

  @Test
  void countsAloneWhereTheTotalIsNotKnown() {
    assertThat(new ProgressLine("collect", -1, 0).bar(500, 2 * SECOND))
        .isEqualTo("collect  500 rows, 250 rows/s");
  }

  @Test
  void givesHoursForLongWork() {
    assertThat(new ProgressLine("distill", 1_000_000, 0).plain(100, SECOND))
        .isEqualTo("distill  100 of 1,000,000 rows, 100 rows/s, 2:46:39 left");
  }
}
