package org.sightmill.pipeline.answer;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Case files of the tests: JSON Lines, and tab-separated with a comment line. */
public final class JsonLines {
  /** Python writes NaN and Infinity as they are. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private JsonLines() {}

  /** Rows of a file below the test resources. */
  public static List<JsonNode> resource(String name) {
    return read(Path.of("src/test/resources", name));
  }

  /** Rows of a parity file: from the folder in the system property {@code parity.dir} if set. */
  public static List<JsonNode> parity(String name) {
    String folder = System.getProperty("parity.dir", "src/test/resources/vlmeval_golden");
    return read(Path.of(folder, name));
  }

  private static List<JsonNode> read(Path file) {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : lines(file)) {
      try {
        rows.add(MAPPER.readTree(line));
      } catch (IOException e) {
        throw new UncheckedIOException(file + ": " + line, e);
      }
    }
    return rows;
  }

  /** Cells of a tab-separated file; {@code \n} in a cell is a line break. */
  public static List<String[]> table(String name) {
    return lines(Path.of("src/test/resources", name)).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
