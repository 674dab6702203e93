package org.sightmill.jobs.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.generate.LocalModel;
import org.sightmill.trainer.generate.Prepared;
import org.sightmill.trainer.generate.PromptMaker;
import org.sightmill.trainer.generate.Scorer;

/**
 * Reads one line: {@code id}, {@code images} (paths) and either {@code prompt} and {@code
 * completion} (texts, the prompt as a user's message in the chat template) or {@code prompt_ids}
 * and {@code completion_ids}.
 */
final class ScoreLine {
  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final LocalModel model;
  private final PromptMaker prompts;

  /**
   * A line that was read.
   *
   * @param id the line's own, null if it has none
   * @param item what to score, or nothing
   * @param fault why there is nothing to score
   */
  record Read(JsonNode id, Optional<Scorer.Item> item, Optional<Prepared.Refused> fault) {}

  ScoreLine(LocalModel model, PromptMaker prompts) {
    this.model = model;
    this.prompts = prompts;
  }

  Read read(String line) {
    JsonNode row;
    try {
      row = mapper.readTree(line);
    } catch (JsonProcessingException e) {
      return refused(null, "NO_JSON", e.getOriginalMessage());
    }
    if (!row.isObject()) {
      return refused(null, "NO_JSON", "no JSON object");
    }
    boolean ids = row.hasNonNull("prompt_ids") && row.hasNonNull("completion_ids");
    boolean texts = row.hasNonNull("prompt") && row.hasNonNull("completion");
    if (ids == texts) {
      return refused(
          row.get("id"),
          "NO_PROMPT_OR_COMPLETION",
          "needs prompt and completion, or prompt_ids and completion_ids");
    }
    try {
      return ids ? readIds(row) : readTexts(row);
    } catch (IllegalArgumentException e) {
      return refused(row.get("id"), "WRONG_TYPE", e.getMessage());
    }
  }

  private Read readIds(JsonNode row) {
    int[] completion = ids(row, "completion_ids");
    return read(row, prompts.ids(images(row), ids(row, "prompt_ids")), completion);
  }

  private Read readTexts(JsonNode row) {
    Prepared prompt = prompts.chat(Optional.empty(), images(row), row.get("prompt").asText());
    int[] completion =
        model
            .tokenizer()
            .map(tokenizer -> tokenizer.encode(row.get("completion").asText()))
            .orElse(new int[0]); // without a tokenizer the prompt is refused already
    return read(row, prompt, completion);
  }

  private Read read(JsonNode row, Prepared prompt, int[] completion) {
    if (prompt instanceof Prepared.Refused refused) {
      return refused(row.get("id"), refused.code(), refused.detail());
    }
    if (completion.length == 0) {
      return refused(row.get("id"), "EMPTY_COMPLETION", "the completion has no tokens");
    }
    int vocabulary = model.policy().config().text().vocabulary();
    if (Arrays.stream(completion).anyMatch(id -> id < 0 || id >= vocabulary)) {
      return refused(
          row.get("id"),
          PromptMaker.TOKEN_OUT_OF_RANGE,
          "completion_ids must be in 0 to %d".formatted(vocabulary - 1));
    }
    Scorer.Item item = new Scorer.Item(((Prepared.Ready) prompt).prompt(), completion);
    return new Read(row.get("id"), Optional.of(item), Optional.empty());
  }

  private static Read refused(JsonNode id, String code, String detail) {
    return new Read(id, Optional.empty(), Optional.of(new Prepared.Refused(code, detail)));
  }

  private static List<Path> images(JsonNode row) {
    List<Path> images = new ArrayList<>();
    JsonNode list = row.path("images");
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw new IllegalArgumentException("images must be a list of paths");
    }
    for (JsonNode image : list) {
      if (!image.isTextual()) {
        throw new IllegalArgumentException("images must be a list of paths");
      }
      images.add(path(image.asText()));
    }
    return images;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("images holds no path: " + e.getMessage(), e);
    }
  }

  private static int[] ids(JsonNode row, String name) {
    JsonNode list = row.get(name);
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      if (!list.get(i).isInt()) {
        throw new IllegalArgumentException(name + " must be a list of whole numbers");
      }
      ids[i] = list.get(i).asInt();
    }
    if (!list.isArray()) {
      throw new IllegalArgumentException(name + " must be a list of whole numbers");
    }
    return ids;
  }
}
