package org.sightmill.trainer.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding of the strings in {@code token.fixtures} (make_token_fixtures.py). */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenizerBenchmark {
  private Tokenizer tokenizer;
  private String text;
  private int[] ids;

  /** Joins all strings to one text. */
  @Setup
  public void read() throws IOException {
    Path folder = Path.of(System.getProperty("token.fixtures", "src/test/resources/token"));
    tokenizer = Tokenizer.load(folder.resolve("tokenizer.json"));
    StringBuilder joined = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("strings.jsonl"))) {
      JsonNode row = new ObjectMapper().readTree(line);
      joined.append(row.path("text").asText()).append('\n');
    }
    text = joined.toString();
    ids = tokenizer.encode(text);
  }

  /** The whole text, its words mostly from the cache. */
  @Benchmark
  public int[] encode() {
    return tokenizer.encode(text);
  }

  /** All ids back to text. */
  @Benchmark
  public String decode() {
    return tokenizer.decode(ids, ControlTokens.WRITE);
  }
}
