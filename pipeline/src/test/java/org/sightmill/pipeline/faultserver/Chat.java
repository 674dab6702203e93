package org.sightmill.pipeline.faultserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Chat completions as servers write them. */
public final class Chat {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Chat() {}

  /** A whole answer: 10 tokens in, 5 out. */
  public static String answer(String content) {
    return answer(content, null, "stop");
  }

  /** An answer with a reasoning field, unless it is null. */
  public static String answer(String content, String reasoning, String finishReason) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", "chatcmpl-1").put("object", "chat.completion").put("model", "m");
    ObjectNode choice = json.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", finishReason);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    message.put("content", content);
    if (reasoning != null) {
      message.put("reasoning_content", reasoning);
    }
    json.putObject("usage").put("prompt_tokens", 10).put("completion_tokens", 5);
    return written(json);
  }

  /** The request of a call. */
  public static JsonNode request(Call call) {
    try {
      return JSON.readTree(call.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of the last message. */
  public static String userText(Call call) {
    JsonNode messages = request(call).path("messages");
    JsonNode content = messages.path(messages.size() - 1).path("content");
    return content.isTextual() ? content.asText() : content.path(1).path("text").asText();
  }

  private static String written(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can't fail to be written", e);
    }
  }
}
