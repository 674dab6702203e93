package org.sightmill.pipeline.teacher.openai;

import java.time.Duration;
import java.util.Optional;
import org.sightmill.pipeline.teacher.CallFault;

/** Why one attempt gave no reply. Carries no stack trace: it is an outcome, not a defect. */
final class CallFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_DETAIL_CHARS = 300;

  private final CallFault fault;
  private final Duration retryAfter;
  private final Usage usage;

  private CallFailure(CallFault fault, String detail, Duration retryAfter, Usage usage) {
    super(fault + ": " + oneLine(detail), null, false, false);
    this.fault = fault;
    this.retryAfter = retryAfter;
    this.usage = usage;
  }

  static CallFailure of(CallFault fault, String detail) {
    return new CallFailure(fault, detail, null, Usage.UNKNOWN);
  }

  /** A failure that the server has counted tokens for. */
  static CallFailure charged(CallFault fault, String detail, Usage usage) {
    return new CallFailure(fault, detail, null, usage);
  }

  /** A failure whose server says when to come back; null when it does not. */
  static CallFailure until(CallFault fault, String detail, Duration retryAfter) {
    return new CallFailure(fault, detail, retryAfter, Usage.UNKNOWN);
  }

  /** The same with every occurrence of a secret masked; null masks nothing. */
  CallFailure without(String secret) {
    return secret == null || secret.isEmpty() || !getMessage().contains(secret)
        ? this
        : new CallFailure(fault, detail().replace(secret, "***"), retryAfter, usage);
  }

  private String detail() {
    return getMessage().substring(fault.name().length() + 2);
  }

  CallFault fault() {
    return fault;
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  Usage usage() {
    return usage;
  }

  private static String oneLine(String detail) {
    String text = String.valueOf(detail).replaceAll("\\s+", " ").strip();
    return text.length() <= MAX_DETAIL_CHARS ? text : text.substring(0, MAX_DETAIL_CHARS) + "...";
  }
}
