package org.sightmill.trainer.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Qwen's byte-level BPE. Ids equal those of the Python library {@code tokenizers} with the same
 * {@code tokenizer.json}. Immutable but for a bounded cache, and safe for use by several threads.
 *
 * <p>Two deviations, neither of which Qwen's own tokenizers can show: an added token with letters
 * beyond ASCII decodes to itself (the library takes them for bytes), and an unpaired surrogate,
 * which is no Unicode text, is encoded as a question mark (Python refuses it).
 */
public final class Tokenizer {
  /** Below it every character is its own composition. */
  private static final char FIRST_COMBINING = 0x300;

  private final BytePairEncoder encoder;
  private final boolean composed;
  private final byte[][] bytes;
  private final BitSet special = new BitSet();
  private final Map<String, Integer> added = new HashMap<>();
  private final AddedTokenFinder rawFinder;
  private final AddedTokenFinder normalizedFinder;

  private Tokenizer(TokenizerFile file) {
    this.encoder = new BytePairEncoder(file.idOfByte(), file.merges());
    this.composed = file.isComposed();
    this.bytes = new byte[size(file)][];
    file.vocabulary().forEach((token, id) -> bytes[id] = bytes(token));
    file.added().forEach(this::add);
    this.rawFinder =
        new AddedTokenFinder(file.added().stream().filter(t -> !t.normalized()).toList());
    this.normalizedFinder =
        new AddedTokenFinder(
            file.added().stream().filter(AddedToken::normalized).map(this::normalized).toList());
  }

  private AddedToken normalized(AddedToken token) {
    return new AddedToken(token.id(), normalized(token.content()), token.special(), true);
  }

  /**
   * Reads {@code tokenizer.json}.
   *
   * @throws IllegalArgumentException if it is no tokenizer of Qwen's form, with all problems
   */
  public static Tokenizer load(Path file) throws IOException {
    return new Tokenizer(TokenizerFile.read(file));
  }

  private static int size(TokenizerFile file) {
    Stream<Integer> addedIds = file.added().stream().map(AddedToken::id);
    return Stream.concat(file.vocabulary().values().stream(), addedIds)
        .mapToInt(id -> id + 1)
        .max()
        .orElse(0);
  }

  private static byte[] bytes(String token) {
    return ByteAlphabet.covers(token)
        ? ByteAlphabet.bytes(token)
        : token.getBytes(StandardCharsets.UTF_8);
  }

  private void add(AddedToken token) {
    bytes[token.id()] = token.content().getBytes(StandardCharsets.UTF_8);
    added.put(token.content(), token.id());
    special.set(token.id(), token.special());
  }

  /** One more than the highest id. A model's vocabulary may be larger: it is padded. */
  public int size() {
    return bytes.length;
  }

  /** The ids of plain text: what looks like a control token stays text. */
  public int[] encode(String text) {
    IntList ids = new IntList();
    encodeWords(normalized(text), ids);
    return ids.toArray();
  }

  /**
   * The ids of text in which control tokens count, as the Python library encodes. Never for a
   * user's text.
   */
  public int[] encodeWithControlTokens(String text) {
    IntList ids = new IntList();
    rawFinder.split(
        text,
        raw -> normalizedFinder.split(normalized(raw), part -> encodeWords(part, ids), ids::add),
        ids::add);
    return ids.toArray();
  }

  private String normalized(String text) {
    boolean plain = !composed || text.chars().allMatch(c -> c < FIRST_COMBINING);
    return plain ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private void encodeWords(String text, IntList ids) {
    PreTokenizer words = new PreTokenizer(text);
    int start = 0;
    while (start < text.length()) {
      int end = words.wordEnd(start);
      ids.addAll(encoder.encode(text.substring(start, end)));
      start = end;
    }
  }

  /** The text of these ids; ids that are no token give none, broken UTF-8 gives U+FFFD. */
  public String decode(int[] ids, ControlTokens controlTokens) {
    Utf8Assembler assembler = new Utf8Assembler();
    Arrays.stream(ids).forEach(id -> assembler.accept(bytes(id, controlTokens)));
    assembler.end();
    return assembler.take();
  }

  /** A decoder for ids that come one by one. */
  public TokenStream stream(ControlTokens controlTokens) {
    return new TokenStream(this, controlTokens);
  }

  /** The bytes that an id adds to the text, possibly part of a character; not to be changed. */
  public byte[] bytes(int id, ControlTokens controlTokens) {
    boolean silent = id < 0 || id >= bytes.length || bytes[id] == null;
    if (silent || (controlTokens == ControlTokens.SKIP && special.get(id))) {
      return new byte[0];
    }
    return bytes[id];
  }

  /** The id of an added token such as {@code <|im_end|>}, if there is one with this text. */
  public OptionalInt controlToken(String content) {
    Integer id = added.get(content);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The ids of added tokens that must all be there. */
  int[] requiredControlTokens(List<String> contents) {
    List<String> missing = contents.stream().filter(c -> !added.containsKey(c)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("the tokenizer lacks " + String.join(", ", missing));
    }
    return contents.stream().mapToInt(added::get).toArray();
  }
}
