package org.sightmill.pipeline.answer.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.answer.JsonLines;

/** Golden outputs of the originals; another folder of them: system property parity.dir. */
class EvaluatorRulesParityTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  private static List<JsonNode> rows(String file) {
    List<JsonNode> rows = JsonLines.parity(file);
    assertThat(rows).as(file).isNotEmpty();
    return rows;
  }

  private static Optional<String> text(JsonNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(node.asText());
  }

  /** What Python's {@code str} makes of a value of the file. */
  private static String said(JsonNode node) {
    if (node.isNull()) {
      return "None";
    }
    String text = node.asText();
    return switch (node.getNodeType()) {
      case BOOLEAN -> node.asBoolean() ? "True" : "False";
      case NUMBER -> text.replace("NaN", "nan").replace("Infinity", "inf");
      default -> text;
    };
  }

  @Test
  void infersTheSameOptions() {
    for (JsonNode row : rows("can_infer.jsonl")) {
      Map<String, String> choices = new LinkedHashMap<>();
      row.get("choices")
          .fields()
          .forEachRemaining(e -> choices.put(e.getKey(), said(e.getValue())));
      assertThat(EvaluatorRules.canInfer(said(row.get("prediction")), choices))
          .as(row.toString())
          .isEqualTo(text(row.get("expected")));
    }
  }

  @Test
  void relaxesNumbersTheSameWay() {
    for (JsonNode row : rows("chartqa_relaxed.jsonl")) {
      boolean right =
          EvaluatorRules.relaxedAccuracy(said(row.get("target")), said(row.get("prediction")));
      assertThat(right).as(row.toString()).isEqualTo(row.get("expected").asBoolean());
    }
  }

  @Test
  void measuresTheSameDistances() {
    for (JsonNode row : rows("docvqa_anls.jsonl")) {
      String truth = row.get("groundtruth").asText();
      String said = row.get("prediction").asText();
      assertThat(EvaluatorRules.anlsDistance(truth, said))
          .as(row.toString())
          .isCloseTo(row.get("normalized_distance").asDouble(), EXACT);
      assertThat(EvaluatorRules.anls(truth, said))
          .as(row.toString())
          .isCloseTo(row.get("score").asDouble(), EXACT);
    }
  }

  @Test
  void parsesDynaMathAnswersTheSameWay() {
    for (JsonNode row : rows("dynamath_parse_answer.jsonl")) {
      String answer = row.get("answer").asText();
      switch (row.get("answer_type").asText()) {
        case "float" ->
            assertThat(EvaluatorRules.dynaMathFloat(answer))
                .as(row.toString())
                .isEqualTo(text(row.get("value")).map(Double::parseDouble));
        case "multiple choice" ->
            assertThat(EvaluatorRules.dynaMathChoice(answer))
                .as(row.toString())
                .isEqualTo(text(row.get("value")));
        default -> assertThat(row.get("value").asText()).as(row.toString()).isEqualTo(answer);
      }
    }
  }

  @Test
  void cleansDynaMathRepliesTheSameWay() {
    for (JsonNode row : rows("dynamath_preprocess.jsonl")) {
      String cleaned = EvaluatorRules.dynaMathPreprocess(row.get("prediction").asText());
      assertThat(cleaned).as(row.toString()).isEqualTo(row.get("preprocessed").asText());
    }
  }

  @Test
  void extractsLikeTheInferenceScript() {
    for (JsonNode row : rows("vlaa_extract.jsonl")) {
      assertThat(EvaluatorRules.vlaaExtract(row.get("raw").asText()))
          .as(row.toString())
          .isEqualTo(row.get("expected").asText());
    }
  }
}
