package org.sightmill.pipeline.teacher.log;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One reply as the log keeps it: what was asked for, by whom, what came, and what it cost. Either
 * an answer or a final failure.
 *
 * @param requestSha256 64 hexadecimal digits: the key
 * @param sampleId the row that asked first; others with an equal request share the reply
 * @param step the step's label; likewise
 * @param role the role's label
 * @param model as the provider names it
 * @param endpoint null when there is none to name; never with a key in it
 * @param promptSha256 of the template files
 * @param outcome the answer or the failure
 * @param inputTokens null when the provider does not say; likewise the next two
 * @param latencyMs from asking to the whole reply, in milliseconds
 * @param atMs when it came, in milliseconds since 1970 by the asking machine's clock
 */
public record LoggedReply(
    String requestSha256,
    String sampleId,
    String step,
    String role,
    String model,
    String endpoint,
    String promptSha256,
    Outcome outcome,
    Long inputTokens,
    Long outputTokens,
    Double costUsd,
    long latencyMs,
    long atMs) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks the key. */
  public LoggedReply {
    if (requestSha256 == null || !SHA256.matcher(requestSha256).matches()) {
      throw new IllegalArgumentException(
          "request_sha256 must be 64 hexadecimal digits but was '%s'".formatted(requestSha256));
    }
    Objects.requireNonNull(outcome, "outcome is null");
  }

  /** The same, come at another time. */
  public LoggedReply withAtMs(long time) {
    return new LoggedReply(
        requestSha256,
        sampleId,
        step,
        role,
        model,
        endpoint,
        promptSha256,
        outcome,
        inputTokens,
        outputTokens,
        costUsd,
        latencyMs,
        time);
  }

  /** What came of the request. */
  public sealed interface Outcome {}

  /**
   * An answer.
   *
   * @param text the content, null when there is none
   * @param reasoning the separate reasoning field, null when the model has none
   * @param finishReason as the provider says it; null when it does not
   */
  public record Answer(String text, String reasoning, String finishReason) implements Outcome {}

  /**
   * A failure that no retry of the client's changes.
   *
   * @param code stable, upper case with underscores
   * @param message the provider's last words, for people; cut by the client
   */
  public record Failure(String code, String message) implements Outcome {
    /** Checks that there is a code. */
    public Failure {
      Objects.requireNonNull(code, "code is null");
    }
  }
}
