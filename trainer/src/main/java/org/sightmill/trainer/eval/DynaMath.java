package org.sightmill.trainer.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sightmill.pipeline.answer.evaluator.EvaluatorRules;
import org.sightmill.pipeline.answer.evaluator.PythonText;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * DynaMath: variants of a question, asked for a JSON reply. The headline is the worst case: a
 * question counts when every one of its variants is right.
 */
final class DynaMath implements Benchmark {
  private static final double TOLERANCE = 0.001;

  /** As lenient as Python's {@code json.loads(strict=False)}. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Override
  public String name() {
    return "DynaMath";
  }

  @Override
  public List<String> columns() {
    return List.of("index", "question", "answer", "answer_type", "qid", "varid");
  }

  @Override
  public String prompt(BenchmarkRow row) {
    String form =
        switch (row.text("answer_type")) {
          case "multiple choice" -> "the letter of the option alone, such as 'A'";
          case "float" -> "a floating-point number with three digits";
          default -> "a short text; numbers in it with three digits";
        };
    return """
## Question
 %s
## Answer Instruction
Reply with a JSON object of two keys: 'solution' holds the steps that lead to the answer, and 'short answer' \
holds %s.

{
    "solution": "[the steps]",
    "short answer": "[the answer]"
}"""
        .formatted(row.text("question"), form);
  }

  @Override
  public Ruling rule(BenchmarkRow row, String prediction) {
    String cleaned = EvaluatorRules.dynaMathPreprocess(prediction);
    String type = row.text("answer_type");
    // A short answer that cannot be parsed gives way to the whole reply.
    Optional<String> said =
        shortAnswer(cleaned)
            .filter(answer -> parsed(answer, type).isPresent())
            .or(() -> Optional.of(cleaned).filter(text -> parsed(text, type).isPresent()));
    return switch (type) {
      case "float" -> number(row, said);
      case "multiple choice" -> letter(row, said, cleaned);
      default -> text(row, said.orElse(cleaned));
    };
  }

  /** A number instead of a text breaks the original's parser. */
  private static Optional<String> shortAnswer(String cleaned) {
    return field(cleaned).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  /** What a cleaned reply has under the key, when it is one JSON object. */
  static Optional<JsonNode> field(String cleaned) {
    try {
      JsonNode node = JSON.readTree(cleaned);
      return node != null && node.isObject()
          ? Optional.ofNullable(node.get("short answer")).filter(value -> !value.isNull())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      // No JSON: the rule then looks at the whole reply.
      return Optional.empty();
    }
  }

  private static Optional<String> parsed(String answer, String type) {
    return switch (type) {
      case "float" -> EvaluatorRules.dynaMathFloat(answer).map(String::valueOf);
      case "multiple choice" -> EvaluatorRules.dynaMathChoice(answer);
      default -> Optional.of(answer);
    };
  }

  private static Ruling number(BenchmarkRow row, Optional<String> said) {
    Optional<Double> right = PythonNumbers.real(row.text("answer"));
    return said.flatMap(EvaluatorRules::dynaMathFloat)
        .map(
            value ->
                Ruling.decided(
                    right.isPresent() && Math.abs(value - right.get()) <= TOLERANCE,
                    value.toString()))
        .orElse(Ruling.unresolved());
  }

  private static Ruling letter(BenchmarkRow row, Optional<String> said, String cleaned) {
    Optional<String> letter = said.flatMap(EvaluatorRules::dynaMathChoice);
    if (letter.isPresent()) {
      Ruling ruling = Ruling.decided(letter.get().equals(row.text("answer")), letter.get());
      return said.get().strip().matches("[A-Za-z]|\\([A-Za-z]\\)")
          ? ruling
          : ruling.because(UpstreamBug.DYNAMATH_LETTER_IN_WORD);
    }
    int three = cleaned.offsetByCodePoints(0, Math.min(3, PythonText.length(cleaned)));
    String start = cleaned.substring(0, three).toUpperCase(Locale.ROOT);
    return start.contains(row.text("answer"))
        ? Ruling.decided(true, start).because(UpstreamBug.DYNAMATH_LETTER_IN_WORD)
        : Ruling.unresolved();
  }

  private static Ruling text(BenchmarkRow row, String said) {
    String answer = row.text("answer").toLowerCase(Locale.ROOT);
    String lower = said.toLowerCase(Locale.ROOT);
    Ruling ruling = Ruling.decided(answer.contains(lower), said);
    return answer.contains(lower) && !answer.equals(lower)
        ? ruling.because(UpstreamBug.DYNAMATH_PART_OF_GOLD)
        : ruling;
  }

  @Override
  public Gold gold(BenchmarkRow row) {
    String answer = row.text("answer");
    return switch (row.text("answer_type")) {
      case "float" -> new Gold(AnswerType.DIGIT, answer, null, TOLERANCE);
      case "multiple choice" -> Gold.of(AnswerType.CHOICE, answer);
      default -> Gold.of(AnswerType.MATH, answer);
    };
  }

  /** The short answer of a JSON reply, else the reply. */
  @Override
  public String answer(String prediction) {
    return shortAnswer(EvaluatorRules.dynaMathPreprocess(prediction)).orElse(prediction);
  }

  @Override
  public List<String> groups(BenchmarkRow row) {
    List<String> groups = new ArrayList<>();
    row.cell("subject").ifPresent(subject -> groups.add("Subject-" + subject));
    row.cell("knowledge_level").ifPresent(level -> groups.add("Level-" + level));
    return groups;
  }

  /** A question, right when all of its variants are. */
  @Override
  public List<Unit> units(List<Scored> items) {
    Map<String, Double> worst = new LinkedHashMap<>();
    items.forEach(item -> worst.merge(item.row().text("qid"), item.value(), Math::min));
    return worst.entrySet().stream().map(e -> new Unit(e.getKey(), e.getValue())).toList();
  }

  /** Worst case and average, each over all, by subject and by level of the first variant. */
  @Override
  public List<Line> lines(List<Scored> items) {
    Map<String, Double> worst = new LinkedHashMap<>();
    units(items).forEach(unit -> worst.put(unit.id(), unit.value()));
    List<Scored> questions =
        items.stream()
            .filter(item -> item.row().text("varid").equals("1"))
            .map(item -> new Scored(item.row(), worst.get(item.row().text("qid"))))
            .toList();
    List<Line> lines = new ArrayList<>();
    Benchmark.super
        .lines(questions)
        .forEach(l -> lines.add(new Line("Worst Case: " + l.name(), l.n(), l.accuracy())));
    Benchmark.super
        .lines(items)
        .forEach(l -> lines.add(new Line("Average: " + l.name(), l.n(), l.accuracy())));
    return lines;
  }
}
