package org.sightmill.pipeline.teacher.openai;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * When a server wants to be asked again: {@code retry-after-ms}, or {@code Retry-After} as seconds
 * or as a date (RFC 9110, 10.2.3).
 */
final class RetryAfter {
  /** A server that asks for more than that is as good as down. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final double MILLIS = 1_000;

  private RetryAfter() {}

  /** The wait from {@code now} on, in [0, 10 min]; empty when nothing readable is said. */
  static Optional<Duration> of(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("retry-after-ms")
        .flatMap(text -> seconds(text, 1 / MILLIS))
        .or(() -> headers.firstValue("retry-after").flatMap(text -> parse(text, now)));
  }

  private static Optional<Duration> parse(String text, Instant now) {
    return seconds(text, 1).or(() -> date(text, now));
  }

  private static Optional<Duration> seconds(String text, double unit) {
    try {
      double seconds = Double.parseDouble(text.strip()) * unit;
      return Double.isNaN(seconds) ? Optional.empty() : Optional.of(bounded(seconds));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> date(String text, Instant now) {
    try {
      Instant then =
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, then).toMillis() / MILLIS));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(double seconds) {
    double sane = Math.max(0, Math.min(seconds, LONGEST.toSeconds()));
    return Duration.ofMillis(Math.round(sane * MILLIS));
  }
}
