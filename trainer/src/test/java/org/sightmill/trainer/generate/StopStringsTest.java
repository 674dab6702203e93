package org.sightmill.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.token.ByteTokenizer;
import org.sightmill.trainer.token.ControlTokens;
import org.sightmill.trainer.token.Tokenizer;

/** Every token of the tiny model is a byte, so that any text spans several. */
class StopStringsTest {
  private static final Prompt PROMPT = new Prompt(new int[] {65, 66, 67}, List.of());

  @TempDir static Path folder;
  private static Tokenizer tokenizer;
  private static Scope root;
  private static Policy policy;

  @BeforeAll
  static void load() throws IOException {
    ByteTokenizer.write(folder.resolve("bytes.json"));
    tokenizer = Tokenizer.load(folder.resolve("bytes.json"));
    TinyFolder.write(folder.resolve("tiny"), 1);
    root = Scope.on(Device.cpu());
    policy = Policy.load(root, folder.resolve("tiny"), PolicyOptions.frozen(ComputeType.FLOAT32));
  }

  @AfterAll
  static void close() {
    root.close();
  }

  @Test
  void aTextIsFoundWhereItsLastByteComes() {
    StopStrings stop = new StopStrings(tokenizer, List.of("END", "ü"));
    int[] tokens = tokenizer.encode("an END ü");
    for (int count = 1; count <= tokens.length; count++) {
      boolean ends = count == "an END".length() || count == tokens.length;
      assertThat(stop.completes(tokens, count)).as("after %d bytes", count).isEqualTo(ends);
    }
  }

  @Test
  void agreesWithSearchingTheWholeTextOnRandomTokens() {
    Random random = new Random(3);
    StopStrings stop = new StopStrings(tokenizer, List.of("ab", "bba", "cccc"));
    for (int round = 0; round < 500; round++) {
      int[] tokens = random.ints(12, 'a', 'd').toArray();
      for (int count = 1; count <= tokens.length; count++) {
        String text = text(tokens, count);
        assertThat(stop.completes(tokens, count))
            .as(text)
            .isEqualTo(text.endsWith("ab") || text.endsWith("bba") || text.endsWith("cccc"));
      }
    }
  }

  private static String text(int[] tokens, int count) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, count).forEach(i -> text.append((char) tokens[i]));
    return text.toString();
  }

  @Test
  void theTextIsCutBeforeTheFirstStop() {
    StopStrings stop = new StopStrings(tokenizer, List.of("</a>", "\n"));
    assertThat(stop.cut("one\ntwo</a>")).isEqualTo("one");
    assertThat(stop.cut("one</a>\n")).isEqualTo("one");
    assertThat(stop.cut("one")).isEqualTo("one");
  }

  @Test
  void eachRowOfABatchEndsAtItsOwnStop() {
    SamplingSettings open = SamplingSettings.sampled(1, 60, Set.of());
    List<Completion> whole = generate(open);
    List<String> stops = List.of(piece(whole.get(0), 20), piece(whole.get(1), 35));
    List<Completion> stopped = generate(open.withStopStrings(stops));
    assertThat(stopped.get(0).tokens()).isEqualTo(firstTokens(whole.get(0), 23));
    assertThat(stopped.get(1).tokens()).isEqualTo(firstTokens(whole.get(1), 38));
    assertThat(stopped.get(0).reason()).isEqualTo(StopReason.STOP_STRING);
    assertThat(stopped.get(2).tokens()).isEqualTo(whole.get(2).tokens());
    assertThat(stopped.get(2).reason()).isEqualTo(StopReason.LENGTH);
  }

  private static List<Completion> generate(SamplingSettings settings) {
    Set<Integer> notAscii =
        IntStream.range(127, ByteTokenizer.SIZE)
            .boxed()
            .collect(java.util.stream.Collectors.toSet());
    SamplingSettings ascii =
        new SamplingSettings(1, 0, 1, 0, 1, settings.maxTokens(), Set.of(), notAscii)
            .withStopStrings(settings.stopStrings());
    try (Generator generator = new Generator(root, policy, ascii, tokenizer)) {
      return generator
          .generate(List.of(PROMPT), List.of(new long[] {1, 2, 3}), StopCondition.NEVER)
          .get(0);
    }
  }

  /** Three bytes of a completion: rare enough to stand in it once only. */
  private static String piece(Completion completion, int from) {
    byte[] bytes = new byte[3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = tokenizer.bytes(completion.tokens()[from + i], ControlTokens.WRITE)[0];
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static int[] firstTokens(Completion completion, int count) {
    return java.util.Arrays.copyOf(completion.tokens(), count);
  }

  @Test
  void stopStringsWithoutATokenizerAreRefused() {
    SamplingSettings settings = SamplingSettings.greedy(5, Set.of()).withStopStrings(List.of("x"));
    assertThatThrownBy(() -> new Generator(root, policy, settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stop strings [x] need a tokenizer");
    assertThatThrownBy(() -> settings.withStopStrings(List.of("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a stop string is empty");
  }
}
