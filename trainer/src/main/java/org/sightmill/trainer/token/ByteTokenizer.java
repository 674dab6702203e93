package org.sightmill.trainer.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A tokenizer for tiny models: the 256 bytes, few or no merges, and Qwen's control tokens in Qwen's
 * order. Its {@code tokenizer.json} loads in Python's {@code tokenizers} like Qwen's own.
 */
public final class ByteTokenizer {
  /** Ids behind those of bytes and merges. */
  static final List<String> CONTROL_TOKENS =
      List.of(
          "<|endoftext|>",
          "<|im_start|>",
          "<|im_end|>",
          "<|object_ref_start|>",
          "<|object_ref_end|>",
          "<|box_start|>",
          "<|box_end|>",
          "<|quad_start|>",
          "<|quad_end|>",
          "<|vision_start|>",
          "<|vision_end|>",
          "<|vision_pad|>",
          "<|image_pad|>",
          "<|video_pad|>");

  /** The vocabulary without merges: bytes and control tokens. */
  public static final int SIZE = 256 + CONTROL_TOKENS.size();

  private static final ObjectMapper JSON = new ObjectMapper();

  private ByteTokenizer() {}

  /** Writes {@code tokenizer.json}; the same bytes each time. */
  public static void write(Path file) throws IOException {
    write(file, List.of());
  }

  /** Writes {@code tokenizer.json} with the merges of a {@link MergeLearner}. */
  public static void write(Path file, List<MergeLearner.Merge> merges) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), tokenizer(merges));
  }

  private static ObjectNode tokenizer(List<MergeLearner.Merge> merges) {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    addControlTokens(root.putArray("added_tokens"), 256 + merges.size());
    root.putObject("normalizer").put("type", "NFC");
    addPreTokenizer(root.putObject("pre_tokenizer"));
    root.set("post_processor", byteLevel());
    root.set("decoder", byteLevel());
    addModel(root.putObject("model"), merges);
    return root;
  }

  private static void addControlTokens(ArrayNode tokens, int first) {
    for (int i = 0; i < CONTROL_TOKENS.size(); i++) {
      tokens
          .addObject()
          .put("id", first + i)
          .put("content", CONTROL_TOKENS.get(i))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
  }

  private static void addPreTokenizer(ObjectNode sequence) {
    ArrayNode parts = sequence.put("type", "Sequence").putArray("pretokenizers");
    ObjectNode split = parts.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", PreTokenizer.PATTERN);
    split.put("behavior", "Isolated").put("invert", false);
    parts.add(byteLevel());
  }

  private static ObjectNode byteLevel() {
    return JSON.createObjectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", false)
        .put("use_regex", false);
  }

  private static void addModel(ObjectNode model, List<MergeLearner.Merge> merges) {
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int value = 0; value < 256; value++) {
      vocabulary.put(String.valueOf(ByteAlphabet.character(value)), value);
    }
    ArrayNode list = model.putArray("merges");
    for (int i = 0; i < merges.size(); i++) {
      vocabulary.put(merges.get(i).left() + merges.get(i).right(), 256 + i);
      list.add(merges.get(i).left() + " " + merges.get(i).right());
    }
  }
}
