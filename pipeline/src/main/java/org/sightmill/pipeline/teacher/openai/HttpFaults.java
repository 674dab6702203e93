package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.sightmill.pipeline.teacher.CallFault;

/** Reads why a server did not serve: from the status, and from the words where it is vague. */
final class HttpFaults {
  private static final List<String> TOO_LONG =
      List.of(
          "context_length",
          "context length",
          "context window",
          "context size",
          "maximum model length",
          "max_model_len",
          "too many tokens",
          "prompt is too long");
  private static final List<String> FILTERED =
      List.of(
          "content_filter",
          "content filter",
          "content_policy",
          "content policy",
          "content management policy",
          "moderation",
          "safety system");
  private static final List<String> NO_MONEY =
      List.of(
          "insufficient_quota",
          "insufficient quota",
          "insufficient balance",
          "exceeded your current quota",
          "credit balance is too low");

  private HttpFaults() {}

  static boolean isOk(HttpAnswer answer) {
    return answer.status() >= 200 && answer.status() < 300;
  }

  /** What an answer with another status than 2xx means. */
  static CallFailure of(HttpAnswer answer) {
    String words = words(answer.body());
    CallFault fault = fault(answer.status(), words.toLowerCase(Locale.ROOT));
    Duration wait = RetryAfter.of(answer.headers(), Instant.now()).orElse(null);
    return CallFailure.until(fault, "HTTP %d %s".formatted(answer.status(), words), wait);
  }

  /** What an error object within a reply of status 200 means; some routers send those. */
  static CallFailure ofErrorObject(JsonNode error) {
    int status = error.path("code").asInt(500);
    String words = error.toString();
    int sane = status >= 400 && status < 600 ? status : 500;
    return CallFailure.of(fault(sane, words.toLowerCase(Locale.ROOT)), words);
  }

  private static CallFault fault(int status, String words) {
    boolean client = status >= 400 && status < 500;
    if (client && has(words, NO_MONEY)) {
      return CallFault.QUOTA_EXHAUSTED;
    }
    boolean aboutRequest = status == 400 || status == 403 || status == 413 || status == 422;
    if (aboutRequest && has(words, TOO_LONG)) {
      return CallFault.CONTEXT_TOO_LONG;
    }
    if (aboutRequest && has(words, FILTERED)) {
      return CallFault.CONTENT_FILTERED;
    }
    return byStatus(status);
  }

  private static CallFault byStatus(int status) {
    return switch (status) {
      case 401, 403 -> CallFault.KEY_REJECTED;
      case 402 -> CallFault.QUOTA_EXHAUSTED;
      case 404, 405, 501 -> CallFault.NOT_SERVED;
      case 429 -> CallFault.RATE_LIMITED;
      case 503, 529 -> CallFault.OVERLOADED;
      case 408, 409, 425 -> CallFault.SERVER_ERROR;
      default -> status >= 500 ? CallFault.SERVER_ERROR : below500(status);
    };
  }

  private static CallFault below500(int status) {
    return status >= 300 && status < 400 ? CallFault.REDIRECTED : CallFault.BAD_REQUEST;
  }

  private static boolean has(String words, List<String> any) {
    return any.stream().anyMatch(words::contains);
  }

  /** The error's own words where it is JSON of one of the usual forms, otherwise all of it. */
  private static String words(byte[] body) {
    try {
      JsonNode json = Json.read(body);
      JsonNode error = json.hasNonNull("error") ? json.get("error") : json;
      String message = error.isTextual() ? error.asText() : error.path("message").asText("");
      String code = error.path("code").asText("");
      String said = (code + " " + message).strip();
      return said.isEmpty() ? json.toString() : said;
    } catch (IOException e) {
      return new String(body, 0, Math.min(body.length, 1_000), StandardCharsets.UTF_8);
    }
  }
}
