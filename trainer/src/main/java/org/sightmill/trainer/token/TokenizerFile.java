package org.sightmill.trainer.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code tokenizer.json} and refuses, with all problems at once, whatever would give other
 * ids than Qwen's tokenizer. {@code truncation} and {@code padding} are left to the caller.
 */
final class TokenizerFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES = 256;

  private final JsonNode root;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> vocabulary = new HashMap<>();
  private final List<AddedToken> added = new ArrayList<>();
  private MergeTable merges = new MergeTable(0);
  private boolean composed;

  private TokenizerFile(JsonNode root) {
    this.root = root;
  }

  static TokenizerFile read(Path path) throws IOException {
    TokenizerFile file = new TokenizerFile(JSON.readTree(path.toFile()));
    file.readAll();
    if (!file.problems.isEmpty()) {
      throw new IllegalArgumentException(
          "[%s] %s".formatted(path, String.join("; ", file.problems)));
    }
    return file;
  }

  /** The BPE tokens, written in {@link ByteAlphabet}. */
  Map<String, Integer> vocabulary() {
    return vocabulary;
  }

  List<AddedToken> added() {
    return added;
  }

  MergeTable merges() {
    return merges;
  }

  /** Whether text is composed (NFC) before it is cut into words. */
  boolean isComposed() {
    return composed;
  }

  /** The ids of the 256 bytes. */
  int[] idOfByte() {
    int[] ids = new int[BYTES];
    for (int value = 0; value < BYTES; value++) {
      ids[value] = vocabulary.get(String.valueOf(ByteAlphabet.character(value)));
    }
    return ids;
  }

  private void readAll() {
    checkModel(root.path("model"));
    checkNormalizer(root.path("normalizer"));
    checkPreTokenizer(root.path("pre_tokenizer"));
    checkType("decoder", root.path("decoder"), "ByteLevel");
    if (isPresent(root.path("post_processor"))) {
      checkType("post_processor", root.path("post_processor"), "ByteLevel");
    }
    root.path("model").path("vocab").fields().forEachRemaining(this::readToken);
    checkBytes();
    readMerges(root.path("model").path("merges"));
    root.path("added_tokens").forEach(this::readAdded);
  }

  private void checkModel(JsonNode model) {
    checkType("model", model, "BPE");
    for (String name : List.of("dropout", "unk_token")) {
      if (isPresent(model.path(name))) {
        problems.add("model.%s %s is not supported".formatted(name, model.path(name)));
      }
    }
    for (String name : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      if (!model.path(name).asText("").isEmpty() && isPresent(model.path(name))) {
        problems.add("model.%s %s is not supported".formatted(name, model.path(name)));
      }
    }
    for (String name : List.of("byte_fallback", "ignore_merges")) {
      if (model.path(name).asBoolean()) {
        problems.add("model.%s is not supported".formatted(name));
      }
    }
  }

  private void checkNormalizer(JsonNode normalizer) {
    composed = isPresent(normalizer);
    if (composed) {
      checkType("normalizer", normalizer, "NFC");
    }
  }

  private void checkPreTokenizer(JsonNode sequence) {
    checkType("pre_tokenizer", sequence, "Sequence");
    JsonNode parts = sequence.path("pretokenizers");
    if (parts.size() != 2) {
      problems.add("pre_tokenizer has %d parts, not 2".formatted(parts.size()));
      return;
    }
    checkSplit(parts.get(0));
    checkType("pre_tokenizer[1]", parts.get(1), "ByteLevel");
    if (parts.get(1).path("add_prefix_space").asBoolean(true)
        || parts.get(1).path("use_regex").asBoolean(true)) {
      problems.add("pre_tokenizer[1] must set add_prefix_space and use_regex to false");
    }
  }

  private void checkSplit(JsonNode split) {
    checkType("pre_tokenizer[0]", split, "Split");
    String pattern = split.path("pattern").path("Regex").asText();
    if (!pattern.equals(PreTokenizer.PATTERN)) {
      problems.add("pre_tokenizer[0] has the pattern %s, not Qwen2's".formatted(pattern));
    }
    if (!split.path("behavior").asText().equals("Isolated") || split.path("invert").asBoolean()) {
      problems.add("pre_tokenizer[0] must have behavior Isolated and not be inverted");
    }
  }

  private void checkType(String name, JsonNode node, String type) {
    if (!node.path("type").asText().equals(type)) {
      problems.add("%s has type %s, not %s".formatted(name, node.path("type"), type));
    }
  }

  private static boolean isPresent(JsonNode node) {
    return !node.isNull() && !node.isMissingNode();
  }

  private void readToken(Map.Entry<String, JsonNode> entry) {
    if (!entry.getValue().canConvertToInt() || entry.getValue().asInt() < 0) {
      problems.add("token %s has id %s".formatted(entry.getKey(), entry.getValue()));
    } else {
      vocabulary.put(entry.getKey(), entry.getValue().asInt());
    }
  }

  private void checkBytes() {
    List<Integer> missing = new ArrayList<>();
    for (int value = 0; value < BYTES; value++) {
      if (!vocabulary.containsKey(String.valueOf(ByteAlphabet.character(value)))) {
        missing.add(value);
      }
    }
    if (!missing.isEmpty()) {
      problems.add("model.vocab lacks the bytes " + missing);
    }
  }

  private void readMerges(JsonNode list) {
    merges = new MergeTable(list.size());
    int rank = 0;
    for (JsonNode merge : list) {
      readMerge(merge, rank++);
    }
  }

  /** Both forms: {@code "a b"} and {@code ["a", "b"]}. */
  private void readMerge(JsonNode merge, int rank) {
    int space = merge.asText().indexOf(' ');
    boolean pair = merge.isArray() && merge.size() == 2;
    if (!pair && space < 0) {
      problems.add("merge %d is %s, not a pair".formatted(rank, merge));
      return;
    }
    String left = pair ? merge.get(0).asText() : merge.asText().substring(0, space);
    String right = pair ? merge.get(1).asText() : merge.asText().substring(space + 1);
    Integer leftId = vocabulary.get(left);
    Integer rightId = vocabulary.get(right);
    Integer merged = vocabulary.get(left + right);
    if (leftId == null || rightId == null || merged == null) {
      problems.add("merge %d of %s and %s is not in the vocabulary".formatted(rank, left, right));
    } else {
      merges.put(leftId, rightId, rank, merged);
    }
  }

  private void readAdded(JsonNode token) {
    String content = token.path("content").asText();
    if (content.isEmpty() || !token.path("id").canConvertToInt() || token.path("id").asInt() < 0) {
      problems.add("added token %s lacks a content or an id".formatted(token));
      return;
    }
    for (String name : List.of("single_word", "lstrip", "rstrip")) {
      if (token.path(name).asBoolean()) {
        problems.add("added token %s: %s is not supported".formatted(content, name));
      }
    }
    added.add(
        new AddedToken(
            token.path("id").asInt(),
            content,
            token.path("special").asBoolean(),
            token.path("normalized").asBoolean()));
  }
}
