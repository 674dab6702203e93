package org.sightmill.trainer.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What make_token_fixtures.py wrote: the folder of the system property {@code token.fixtures}, else
 * the small one of the tests.
 */
final class Fixtures {
  private static final Path FOLDER =
      Path.of(System.getProperty("token.fixtures", "src/test/resources/token"));
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  static Tokenizer tokenizer() throws IOException {
    return Tokenizer.load(FOLDER.resolve("tokenizer.json"));
  }

  /** The small tokenizer, whose ids tests may name. */
  static Path smallTokenizer() {
    return Path.of("src/test/resources/token/tokenizer.json");
  }

  static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve(file))) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  static JsonNode classes() throws IOException {
    return JSON.readTree(FOLDER.resolve("classes.json").toFile());
  }

  static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
