package org.sightmill.pipeline.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightmill.pipeline.teacher.Retries;

final class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after | 3 | 3000",
        "retry-after | 0.25 | 250",
        "retry-after | Sun, 22 Nov 2026 10:00:07 GMT | 7000",
        "retry-after | Sun, 22 Nov 2026 09:00:00 GMT | 0",
        "retry-after | -4 | 0",
        "retry-after | 86400 | 600000",
        "retry-after | 1e300 | 600000",
        "retry-after-ms | 120 | 120"
      })
  void readsSecondsAndDatesWithinBounds(String name, String value, long millis) {
    assertThat(RetryAfter.of(headers(name, value), NOW)).contains(Duration.ofMillis(millis));
  }

  @Test
  void whatIsNoTimeIsNone() {
    assertThat(RetryAfter.of(headers("retry-after", "soon"), NOW)).isEmpty();
    assertThat(RetryAfter.of(headers("retry-after", "NaN"), NOW)).isEmpty();
    assertThat(RetryAfter.of(headers("other", "3"), NOW)).isEmpty();
  }

  @Test
  void waitsDoubleWithJitterUpToTheCapAndNotBeforeTheServerSays() {
    Backoff backoff = new Backoff(new Retries(5, 0.2, 3.0, 60.0));
    for (int i = 0; i < 200; i++) {
      assertThat(backoff.after(1, Duration.ZERO).toMillis()).isBetween(100L, 200L);
      assertThat(backoff.after(3, Duration.ZERO).toMillis()).isBetween(400L, 800L);
      assertThat(backoff.after(4_000, Duration.ZERO).toMillis()).isBetween(1_500L, 3_000L);
      assertThat(backoff.after(1, Duration.ofSeconds(5)).toMillis()).isBetween(5_050L, 5_100L);
    }
  }

  private static HttpHeaders headers(String name, String value) {
    return HttpHeaders.of(Map.of(name, List.of(value)), (n, v) -> true);
  }
}
