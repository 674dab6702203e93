package org.sightmill.trainer.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tokenizer tokenizer;

  @TempDir Path folder;

  TokenizerTest() throws IOException {
    this.tokenizer = Tokenizer.load(Fixtures.smallTokenizer());
  }

  @Test
  void keepsWhatLooksLikeAControlTokenAsText() {
    int end = tokenizer.controlToken("<|im_end|>").orElseThrow();
    assertThat(tokenizer.encode("a<|im_end|>b")).doesNotContain(end);
    assertThat(tokenizer.encodeWithControlTokens("a<|im_end|>b")).contains(end);
    assertThat(tokenizer.decode(tokenizer.encode("a<|im_end|>b"), ControlTokens.SKIP))
        .isEqualTo("a<|im_end|>b");
  }

  @Test
  void givesTextBackExactly() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      // Composed already, so that nothing but the ids stands between text and text.
      String text =
          random
              .ints(random.nextInt(40), 0, 0x2FF)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertThat(tokenizer.decode(tokenizer.encode(text), ControlTokens.SKIP)).isEqualTo(text);
    }
  }

  @Test
  void composesTextFirst() {
    assertThat(tokenizer.encode("e\u0301")).isEqualTo(tokenizer.encode("\u00e9"));
  }

  @Test
  void holdsAnEmojiBackUntilItIsWhole() {
    TokenStream stream = tokenizer.stream(ControlTokens.SKIP);
    int[] bytes = tokenizer.encode("\ud83e\uddff");
    assertThat(bytes.length).isGreaterThan(1);
    for (int i = 0; i < bytes.length - 1; i++) {
      assertThat(stream.accept(bytes[i])).isEmpty();
    }
    assertThat(stream.accept(bytes[bytes.length - 1])).isEqualTo("\ud83e\uddff");
    assertThat(stream.end()).isEmpty();
  }

  @Test
  void decodesIdsBeyondTheVocabularyToNothing() {
    assertThat(tokenizer.decode(new int[] {-1, tokenizer.size(), 1 << 30}, ControlTokens.WRITE))
        .isEmpty();
  }

  @Test
  void encodesALongWordInTimeThatGrowsLittleFasterThanItsLength() {
    // Quadratic time would take hours here.
    assertThat(tokenizer.encode("ab".repeat(500_000))).hasSizeBetween(1, 1_000_000);
    assertThat(tokenizer.encode(" ".repeat(1_000_000))).hasSizeBetween(1, 1_000_000);
  }

  @Test
  void keepsItsCacheBounded() throws IOException {
    TokenizerFile file = TokenizerFile.read(Fixtures.smallTokenizer());
    BytePairEncoder encoder = new BytePairEncoder(file.idOfByte(), file.merges());
    for (int i = 0; i < 3 * BytePairEncoder.CACHE_WORDS; i++) {
      encoder.encode("w" + i);
    }
    assertThat(encoder.cachedWords()).isBetween(1, BytePairEncoder.CACHE_WORDS);
    int before = encoder.cachedWords();
    encoder.encode("x".repeat(BytePairEncoder.CACHED_CHARACTERS + 1));
    assertThat(encoder.cachedWords()).isEqualTo(before);
  }

  @Test
  void givesEveryThreadTheSameIds() {
    String text = "We're counting 12 red circles\n\n and the \u5b57 above. ";
    int[] expected = tokenizer.encode(text);
    assertThat(IntStream.range(0, 2_000).parallel().mapToObj(i -> tokenizer.encode("x" + i + text)))
        .allSatisfy(ids -> assertThat(ids).endsWith(tail(expected)));
  }

  /** Without the first word, which another text before it changes. */
  private static int[] tail(int[] ids) {
    return Arrays.copyOfRange(ids, 3, ids.length);
  }

  @Test
  void namesAllProblemsOfAFileAtOnce() {
    Path file =
        changed(
            root -> {
              root.withObject("/model").put("byte_fallback", true).put("unk_token", "?");
              root.withObject("/normalizer").put("type", "NFKC");
              root.withObject("/model/vocab").remove("a");
            });
    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "[%s] model.unk_token \"?\" is not supported; model.byte_fallback is not supported; "
                    .formatted(file)
                + "normalizer has type \"NFKC\", not NFC; model.vocab lacks the bytes [97]; "
                + "merge ");
  }

  @Test
  void refusesAnotherPattern() {
    Path file =
        changed(
            root -> root.withObject("/pre_tokenizer/pretokenizers/0/pattern").put("Regex", "\\w+"));
    assertThatThrownBy(() -> Tokenizer.load(file))
        .hasMessage("[%s] pre_tokenizer[0] has the pattern \\w+, not Qwen2's".formatted(file));
  }

  @Test
  void refusesAddedTokensThatStripOrNeedWordBounds() {
    Path file = changed(root -> ((ObjectNode) root.at("/added_tokens/1")).put("lstrip", true));
    assertThatThrownBy(() -> Tokenizer.load(file))
        .hasMessage("[%s] added token <|im_start|>: lstrip is not supported".formatted(file));
  }

  @Test
  void readsMergesInTheOlderFormToo() throws IOException {
    Path file =
        changed(
            root -> {
              ArrayNode older = JSON.createArrayNode();
              root.at("/model/merges")
                  .forEach(m -> older.add(m.get(0).asText() + " " + m.get(1).asText()));
              root.withObject("/model").set("merges", older);
            });
    String text = "how many red circles are above the square?";
    assertThat(Tokenizer.load(file).encode(text)).isEqualTo(tokenizer.encode(text));
  }

  private Path changed(Consumer<ObjectNode> change) {
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(Fixtures.smallTokenizer().toFile());
      change.accept(root);
      return Files.writeString(folder.resolve("tokenizer.json"), JSON.writeValueAsString(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
