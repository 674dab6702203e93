package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.answer.evaluator.EvaluatorRules;

/**
 * Official files and golden outputs of VLMEvalKit; another folder of them: system property
 * parity.dir. A folder without one of the files stands in with the copy here.
 */
class BenchmarkFilesParityTest {
  private static final Path FILES = Path.of("src/test/resources/benchmarks");
  private static final Path GOLDEN = Path.of("../pipeline/src/test/resources/vlmeval_golden");

  /** Python writes NaN and Infinity as they are. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static Path folder(Path usual, String file) {
    Path other = Path.of(System.getProperty("parity.dir", usual.toString()));
    return Files.exists(other.resolve(file)) ? other : usual;
  }

  private static List<BenchmarkRow> rows(Path file) throws IOException {
    List<BenchmarkRow> rows = new ArrayList<>();
    try (TsvReader reader = TsvReader.open(Files.newInputStream(file), file.toString())) {
      reader.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static List<JsonNode> golden(String file) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    for (String line : Files.readAllLines(folder(GOLDEN, file).resolve(file))) {
      if (!line.isBlank()) {
        cases.add(JSON.readTree(line));
      }
    }
    assertThat(cases).as(file).isNotEmpty();
    return cases;
  }

  /** What Python's {@code str} makes of a value of the file. */
  private static String said(JsonNode node) {
    if (node.isNull()) {
      return "None";
    }
    return node.isBoolean() ? (node.asBoolean() ? "True" : "False") : node.asText();
  }

  /** Whatever official files there are: every row has its picture, and its gold verifies. */
  @Test
  void readsOfficialFilesWhole() throws IOException {
    for (String name : List.of("DynaMath_sample.tsv", "MathVision_sample.tsv")) {
      Path file = folder(FILES, name).resolve(name);
      Benchmark benchmark = Benchmarks.named(name.replace(".tsv", "")).orElseThrow();
      List<BenchmarkRow> rows = rows(file);
      assertThat(rows).as(name).isNotEmpty();
      for (BenchmarkRow row : rows) {
        assertThat(row.cells().keySet()).containsAll(benchmark.columns());
        assertThat(SharedImages.decode(row)).as(name + row.index()).isPresent();
        assertThat(benchmark.rule(row, row.text("answer")).status())
            .as(name + row.index())
            .isEqualTo(
                row.text("answer").contains("\\boxed")
                    ? Ruling.Status.UNRESOLVED
                    : Ruling.Status.HIT);
      }
    }
  }

  @Test
  void infersOptionsLikeTheGoldens() throws IOException {
    for (JsonNode golden : golden("can_infer.jsonl")) {
      Map<String, String> cells = new LinkedHashMap<>();
      cells.put("index", "0");
      golden
          .get("choices")
          .fields()
          .forEachRemaining(e -> cells.put(e.getKey(), said(e.getValue())));
      cells.put("answer", golden.get("expected").asText("?"));
      boolean official =
          cells.keySet().stream().allMatch(k -> k.length() > 1 || k.charAt(0) <= 'H');
      Ruling ruling =
          new WeMath().rule(new BenchmarkRow("0", cells), said(golden.get("prediction")));
      Ruling.Status expected =
          golden.get("expected").isNull() ? Ruling.Status.UNRESOLVED : Ruling.Status.HIT;
      if (official) {
        assertThat(ruling.status()).as(golden.toString()).isEqualTo(expected);
      }
    }
  }

  @Test
  void readsDynaMathAnswersLikeTheGoldens() throws IOException {
    for (JsonNode golden : golden("dynamath_parse_answer.jsonl")) {
      BenchmarkRow row =
          new BenchmarkRow(
              "0",
              Map.of(
                  "index", "0",
                  "answer_type", golden.get("answer_type").asText(),
                  "answer", golden.get("value").asText("~")));
      String said = golden.get("answer").asText();
      if (!said.equals(EvaluatorRules.dynaMathPreprocess(said))) {
        continue; // the clean-up before this rule makes another answer of it
      }
      boolean real = !golden.get("value").isNumber() || isFinite(golden.get("value"));
      Ruling.Status parsed = real ? Ruling.Status.HIT : Ruling.Status.MISS;
      assertThat(new DynaMath().rule(row, reply(said)).status())
          .as(golden.toString())
          .isEqualTo(golden.get("ok").asBoolean() ? parsed : Ruling.Status.UNRESOLVED);
    }
  }

  /** No number is near infinity or NaN, itself included. */
  private static boolean isFinite(JsonNode number) {
    return Double.isFinite(number.asDouble());
  }

  /** As JSON, where the answer survives that; the rule takes a bare reply as well. */
  private static String reply(String said) {
    return said.contains("\"") ? said : "{\"short answer\": \"%s\"}".formatted(said);
  }

  @Test
  void takesShortAnswersOutOfRepliesLikeTheGoldens() throws IOException {
    for (JsonNode golden : golden("dynamath_preprocess.jsonl")) {
      String cleaned = EvaluatorRules.dynaMathPreprocess(golden.get("prediction").asText());
      Optional<JsonNode> expected =
          Optional.of(golden.get("short_answer")).filter(value -> !value.isNull());
      assertThat(DynaMath.field(cleaned)).as(golden.toString()).isEqualTo(expected);
    }
  }

  @Test
  void passesOnTheAnswerBlockLikeTheGoldens() throws IOException {
    for (JsonNode golden : golden("vlaa_extract.jsonl")) {
      assertThat(Prediction.said("0", golden.get("raw").asText()).passedOn())
          .isEqualTo(golden.get("expected").asText());
    }
  }

  @Test
  void standInFilesAreThere() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .contains("DynaMath_sample.tsv", "MathVision_sample.tsv", "README.md");
    }
  }
}
