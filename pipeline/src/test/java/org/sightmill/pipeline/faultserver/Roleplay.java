package org.sightmill.pipeline.faultserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;

/**
 * A model that passes the {@link Exam} in each role, by the name of the model that is asked for:
 * {@code captioner}, {@code repairer}, {@code reasoner}, {@code rewriter}, {@code judge}, {@code
 * scorer}. Equal requests get equal answers. Thinks inline or in a field of its own, as the
 * question has it.
 */
public final class Roleplay implements Behaviour {
  private static final String BEFORE_TEXT = "Return the whole text and nothing else.\n\n";

  @Override
  public Action on(Call call) {
    JsonNode request = Chat.request(call);
    String user = Chat.userText(call);
    return switch (request.path("model").asText()) {
      case "captioner" -> caption(request);
      case "repairer" -> Action.json(200, Chat.answer("It is\n$f(x) = 3 \\cdot x$"));
      case "reasoner" -> reason(user);
      case "rewriter" -> rewrite(user);
      case "judge" -> judge(user);
      case "scorer" -> Action.json(200, Chat.answer("0.75"));
      default -> Action.json(404, "{\"error\":{\"message\":\"no such model\"}}");
    };
  }

  private static Action caption(JsonNode request) {
    String url = request.at("/messages/1/content/0/image_url/url").asText();
    if (!url.startsWith("data:image/")) {
      return Action.json(400, "{\"error\":{\"message\":\"no picture\"}}");
    }
    int hash = Arrays.hashCode(url.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return Action.json(200, Chat.answer("A square of one colour, number %d.".formatted(hash)));
  }

  private static Action reason(String user) {
    Optional<String> answer = Exam.answer(user);
    if (answer.isEmpty()) {
      return Action.json(400, "{\"error\":{\"message\":\"no question\"}}");
    }
    String thinking = "The caption says that it is a square. So it is " + answer.get() + ".";
    String said = "Answer: " + answer.get();
    boolean inline = answer.get().length() % 2 == 0;
    return Action.json(
        200,
        inline
            ? Chat.answer("<think>\n" + thinking + "\n</think>\n\n" + said)
            : Chat.answer(said, thinking, "stop"));
  }

  private static Action rewrite(String user) {
    String text = user.substring(user.indexOf(BEFORE_TEXT) + BEFORE_TEXT.length());
    return Action.json(200, Chat.answer(text.replace("The caption says", "The image shows")));
  }

  private static Action judge(String user) {
    String gold =
        user.lines().filter(line -> line.startsWith("Reference answer: ")).findFirst().orElse("");
    String wanted = gold.replace("Reference answer: ", "");
    boolean same = user.substring(user.indexOf("Answer to judge:")).contains(wanted);
    return Action.json(200, Chat.answer(same ? "Yes: they agree." : "No: they differ."));
  }
}
