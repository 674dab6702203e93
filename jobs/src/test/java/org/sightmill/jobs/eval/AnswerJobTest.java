package org.sightmill.jobs.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerJobTest {
  @ParameterizedTest
  @CsvSource({
    "8, 8.0, 32", // four times as many at most: these seconds were start-up
    "32, 60.0, 32",
    "32, 30.0, 64",
    "32, 120.0, 16",
    "8, 3600.0, 8", // never fewer than the least
    "2, 1.0, 8", // the wave was cut short by the end of the file
    "8, 0.0, 32"
  })
  void wavesTakeAboutAMinute(int parts, double seconds, int next) {
    assertThat(AnswerJob.nextWave(parts, seconds, 8)).isEqualTo(next);
  }
}
