package org.sightmill.jobs.grade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sightmill.pipeline.answer.Grade;
import org.sightmill.pipeline.answer.GradeRequest;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * Grades one line of JSON. In: {@code id, gold, prediction, answer_type, choices, scope}; out:
 * {@code id, verdict, reward, extracted, reason}. A line that cannot be read is UNPARSED with the
 * reason, so that there is one output line per input line. Thread-safe.
 */
public final class GradeLine {
  /**
   * An output line.
   *
   * @param verdict what was decided, for counting
   * @param json the line, without line end
   */
  public record Graded(Verdict verdict, String json) {}

  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final Grader grader;

  /** Grades with this grader. */
  public GradeLine(Grader grader) {
    this.grader = grader;
  }

  /** The output line for an input line, without line end. */
  public String grade(String line) {
    return grade(line, "the line").json();
  }

  /** The output line for an input line with this number, which the reasons of faults name. */
  public Graded grade(String line, long number) {
    return grade(line, "line " + number);
  }

  private Graded grade(String line, String name) {
    try {
      JsonNode row = mapper.readTree(line);
      return row.isObject()
          ? write(row.get("id"), judge(row, name))
          : write(null, fault(name, "no JSON object"));
    } catch (JsonProcessingException e) {
      return write(null, fault(name, "no JSON: " + e.getOriginalMessage()));
    }
  }

  private Grade judge(JsonNode row, String name) {
    Optional<AnswerType> type = AnswerType.fromLabel(row.path("answer_type").asText(""));
    if (type.isEmpty()) {
      return fault(name, "unknown answer_type " + row.path("answer_type"));
    }
    if (!row.hasNonNull("prediction")) {
      return fault(name, "no prediction");
    }
    Optional<Scope> scope = scope(row.path("scope"));
    Map<Character, String> options = new TreeMap<>();
    Optional<String> problem = readChoices(row.path("choices"), options);
    if (problem.isPresent() || scope.isEmpty()) {
      return fault(name, problem.orElse("unknown scope " + row.path("scope")));
    }
    Choices choices = options.isEmpty() ? null : choices(options);
    return grader.grade(
        new GradeRequest(
            type.get(),
            text(row.path("gold")),
            text(row.path("prediction")),
            choices,
            scope.get()));
  }

  private static Optional<Scope> scope(JsonNode node) {
    return switch (node.asText("")) {
      case "", "answer", "null" -> Optional.of(Scope.ANSWER);
      case "completion" -> Optional.of(Scope.COMPLETION);
      default -> Optional.empty();
    };
  }

  /** The text of a value; an array or object, such as a box, as its JSON. */
  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  /** Fills in the options by letter; what is wrong with them, if anything. */
  private static Optional<String> readChoices(JsonNode node, Map<Character, String> options) {
    if (node.isArray()) {
      if (node.size() > Choices.MAX_OPTIONS) {
        return Optional.of("more than %d choices".formatted(Choices.MAX_OPTIONS));
      }
      node.forEach(option -> options.put(Choices.letter(options.size()), text(option)));
      return Optional.empty();
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getKey().matches("[A-Z]")) {
        return Optional.of("choices must be named A to Z, not " + entry.getKey());
      }
      options.put(entry.getKey().charAt(0), text(entry.getValue()));
    }
    return Optional.empty();
  }

  /** Letters that are left out in between get an empty text, which no answer matches. */
  private static Choices choices(Map<Character, String> options) {
    int last = options.keySet().stream().mapToInt(letter -> letter - 'A').max().orElse(0);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      texts.add(options.getOrDefault(Choices.letter(i), ""));
    }
    return new Choices(texts);
  }

  private static Grade fault(String name, String reason) {
    return new Grade(Verdict.UNPARSED, 0, null, name + ": " + reason);
  }

  private Graded write(JsonNode id, Grade grade) {
    ObjectNode out = mapper.createObjectNode();
    out.set("id", id);
    out.put("verdict", grade.verdict().name());
    out.put("reward", grade.reward());
    out.put("extracted", grade.extracted());
    out.put("reason", grade.reason());
    return new Graded(grade.verdict(), out.toString());
  }
}
