package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.Role;

/**
 * Reads a chat completion. Of several choices the one with the least index counts, the first of
 * equals. A separate reasoning field has had two names; both are read.
 */
final class ChatReply {
  private static final String THINK_END = "</think>";

  private static final Set<Role> NEED_THEIR_END =
      Set.of(Role.CAPTIONER, Role.REPAIRER, Role.REASONER, Role.REWRITER);

  private static final Set<Role> SAY_ONE_THING = Set.of(Role.CAPTIONER, Role.REPAIRER, Role.SCORER);

  private final Role role;
  private final ReplySchema schema;

  ChatReply(Role role, ReplySchema schema) {
    this.role = role;
    this.schema = schema;
  }

  /** Whether the limit of tokens ended a reply. */
  static boolean isCut(String finishReason) {
    return "length".equals(finishReason);
  }

  ModelReply read(byte[] body) throws CallFailure {
    JsonNode json = parsed(body);
    if (json.hasNonNull("error")) {
      throw HttpFaults.ofErrorObject(json.get("error"));
    }
    JsonNode choice = firstChoice(json);
    Usage usage = usage(json.path("usage"));
    JsonNode message = choice.path("message");
    if (!message.isObject()) {
      throw CallFailure.charged(CallFault.REPLY_MALFORMED, "the choice has no message", usage);
    }
    String finish = textOrNull(choice.get("finish_reason"));
    ModelReply reply =
        new ModelReply(
            schema.plain(Utf8.sound(spoken(text(message.get("content"))))),
            Utf8.sound(reasoning(message)),
            finish,
            usage);
    check(reply, message);
    return reply;
  }

  private static JsonNode parsed(byte[] body) throws CallFailure {
    try {
      return Json.read(body);
    } catch (IOException e) {
      String start =
          new String(body, 0, Math.min(body.length, 80), java.nio.charset.StandardCharsets.UTF_8);
      String detail = "%s; %d bytes, begins '%s'".formatted(firstLine(e), body.length, start);
      throw CallFailure.of(CallFault.REPLY_NOT_JSON, detail);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static JsonNode firstChoice(JsonNode json) throws CallFailure {
    JsonNode first = null;
    for (JsonNode choice : json.path("choices")) {
      if (first == null || choice.path("index").asInt(0) < first.path("index").asInt(0)) {
        first = choice;
      }
    }
    if (first == null) {
      throw CallFailure.charged(
          CallFault.REPLY_MALFORMED, "there are no choices", usage(json.path("usage")));
    }
    return first;
  }

  private static Usage usage(JsonNode usage) {
    return new Usage(count(usage.get("prompt_tokens")), count(usage.get("completion_tokens")));
  }

  private static Long count(JsonNode tokens) {
    return tokens == null || !tokens.isIntegralNumber() || tokens.asLong() < 0
        ? null
        : tokens.asLong();
  }

  /** A text, or the texts of a list of parts. */
  private static String text(JsonNode content) {
    if (content == null || !content.isArray()) {
      return textOrNull(content);
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }

  private static String textOrNull(JsonNode node) {
    return node == null || !node.isTextual() ? null : node.asText();
  }

  private static String reasoning(JsonNode message) {
    String newer = textOrNull(message.get("reasoning"));
    return newer == null ? textOrNull(message.get("reasoning_content")) : newer;
  }

  /**
   * A caption, a repaired answer or a number is what follows inline thinking; other roles' parsers
   * see all of it.
   */
  private String spoken(String text) {
    String said = text == null ? "" : text;
    boolean plain = SAY_ONE_THING.contains(role);
    int end = plain ? said.lastIndexOf(THINK_END) : -1;
    return end < 0 ? said : said.substring(end + THINK_END.length()).strip();
  }

  private void check(ModelReply reply, JsonNode message) throws CallFailure {
    String finish = String.valueOf(reply.finishReason());
    if (finish.equals("content_filter")) {
      fail(CallFault.CONTENT_FILTERED, "finish_reason is content_filter", reply);
    }
    if (message.path("refusal").isTextual()) {
      fail(CallFault.DECLINED, message.get("refusal").asText(), reply);
    }
    // A verdict or a number stands at the beginning; anything else is of no use without its end.
    // An answerer's cut answer is a result: the one that the limit leaves.
    if (isCut(finish) && NEED_THEIR_END.contains(role)) {
      fail(CallFault.REPLY_CUT, "finish_reason is length: raise sampling.max_tokens", reply);
    }
    if (reply.text().isBlank() && (reply.reasoning() == null || reply.reasoning().isBlank())) {
      fail(CallFault.REPLY_BLANK, "finish_reason is " + finish, reply);
    }
  }

  private static void fail(CallFault fault, String detail, ModelReply reply) throws CallFailure {
    throw CallFailure.charged(fault, detail, reply.usage());
  }
}
