package org.sightmill.pipeline.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sightmill.pipeline.sample.AnswerType;

/** Our side of bench/side_by_side.py: grades a file of pairs and prints the rate as JSON. */
public final class GraderRate {
  private static final int WARM_UP = 10;

  private GraderRate() {}

  /** Grades the pairs in the file {@code args[0]}. */
  public static void main(String[] args) throws IOException {
    List<JsonNode> rows = rows(Path.of(args[0]));
    for (int i = 0; i < WARM_UP; i++) {
      verdicts(rows);
    }
    long start = System.nanoTime();
    List<Boolean> verdicts = verdicts(rows);
    double seconds = (System.nanoTime() - start) / 1e9;
    int right = 0;
    int falsePositives = 0;
    for (int i = 0; i < rows.size(); i++) {
      boolean expected = rows.get(i).get("expected").asBoolean();
      right += verdicts.get(i) == expected ? 1 : 0;
      falsePositives += verdicts.get(i) && !expected ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "{\"per_second\": %.0f, \"right\": %d, \"false_positives\": %d}%n",
        rows.size() / seconds,
        right,
        falsePositives);
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode row = mapper.readTree(line);
      if (row.hasNonNull("expected")) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<Boolean> verdicts(List<JsonNode> rows) {
    List<Boolean> verdicts = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      GradeRequest request =
          new GradeRequest(
              AnswerType.MATH,
              row.get("gold").asText(),
              row.get("pred").asText(),
              null,
              Scope.ANSWER);
      verdicts.add(Grader.standard().grade(request).verdict() == Verdict.EQUAL);
    }
    return verdicts;
  }
}
