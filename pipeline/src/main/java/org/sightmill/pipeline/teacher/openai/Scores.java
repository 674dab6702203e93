package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.databind.JsonNode;
import org.sightmill.pipeline.teacher.CallFault;

/** Replies that are a number. */
final class Scores {
  private Scores() {}

  /** The reply that says {@code value}, which must be a finite number. */
  static ModelReply reply(JsonNode value, JsonNode usage) throws CallFailure {
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw CallFailure.of(CallFault.REPLY_MALFORMED, "no score where one belongs: " + value);
    }
    JsonNode tokens = usage.path("prompt_tokens");
    Usage used = tokens.isIntegralNumber() ? new Usage(tokens.asLong(), 0L) : Usage.UNKNOWN;
    return new ModelReply(value.asText(), null, null, used);
  }
}
