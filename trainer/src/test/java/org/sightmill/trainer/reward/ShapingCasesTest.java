package org.sightmill.trainer.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Every row of the case file for shaping. */
class ShapingCasesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static List<String> lines() throws IOException {
    InputStream file =
        ShapingCasesTest.class.getResourceAsStream("/reward/reward_shape_cases.jsonl");
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  @Test
  void shapesAsEveryCaseSays() throws IOException {
    assertThat(lines()).hasSizeGreaterThan(10);
    for (String line : lines()) {
      JsonNode row = MAPPER.readTree(line);
      double[] values = values(row.get("function").asText(), row.get("args"));
      JsonNode expected = row.get("expected");
      assertThat(values).as(line).hasSize(expected.isArray() ? expected.size() : 1);
      for (int i = 0; i < values.length; i++) {
        double wanted = expected.isArray() ? expected.get(i).asDouble() : expected.asDouble();
        assertThat(values[i])
            .as(line)
            .isCloseTo(wanted, Offset.offset(row.get("tolerance").asDouble()));
      }
    }
  }

  private static double[] values(String function, JsonNode args) {
    return switch (function) {
      case "vlaa_open_ended" ->
          one(Shaping.openEnded(at(args, "score"), at(args, "reference_score"), at(args, "beta")));
      case "openr1_cosine" -> one(cosine(args));
      case "openr1_repetition" ->
          one(
              Shaping.repetition(
                  args.get("text").asText(),
                  new RewardSettings.Repetition(
                      args.get("ngram").asInt(), at(args, "max_penalty"))));
      case "dapo_overlong" ->
          one(
              Shaping.overlong(
                  args.get("length").asInt(),
                  new RewardSettings.Overlong(
                      args.get("max_len").asInt(), args.get("cache").asInt())));
      case "kimi_length" -> kimi(args);
      case "openr1_reasoning_steps" -> one(FormShaping.reasoningSteps(args.get("text").asText()));
      case "openr1_tag_count" -> one(FormShaping.tagCount(args.get("text").asText()));
      default -> throw new IllegalArgumentException("no function for " + function);
    };
  }

  private static double[] one(double value) {
    return new double[] {value};
  }

  private static double at(JsonNode args, String name) {
    return args.get(name).asDouble();
  }

  private static double cosine(JsonNode args) {
    LengthShaping.Cosine ends =
        new LengthShaping.Cosine(
            at(args, "min_value_wrong"),
            at(args, "max_value_wrong"),
            at(args, "min_value_correct"),
            at(args, "max_value_correct"));
    int length = args.get("length").asInt();
    int maxLength = args.get("max_len").asInt();
    return args.get("correct").asBoolean()
        ? LengthShaping.cosineOfCorrect(length, maxLength, ends)
        : LengthShaping.cosineOfWrong(length, maxLength, ends);
  }

  private static double[] kimi(JsonNode args) {
    int[] lengths = MAPPER.convertValue(args.get("lengths"), int[].class);
    return LengthShaping.kimi(lengths, MAPPER.convertValue(args.get("correct"), boolean[].class));
  }

  @Test
  void ranksAGroupByLength() {
    assertThat(
            LengthShaping.kimi(new int[] {10, 20, 30, 30}, new boolean[] {true, true, true, false}))
        .containsExactly(0.5, 0, -0.5, -0.5);
    assertThat(LengthShaping.kimi(new int[] {10, 30}, new boolean[] {false, true}))
        .containsExactly(0, -0.5);
    assertThat(LengthShaping.kimi(new int[0], new boolean[0])).isEmpty();
  }

  @Test
  void countsEachTagOnce() {
    assertThat(FormShaping.tagCount("<think>\na\n</think>\n\n<answer>\nb\n</answer>")).isEqualTo(1);
    assertThat(FormShaping.tagCount("<think>\n<think>\n")).isZero();
    assertThat(FormShaping.tagCount("<think>\n")).isEqualTo(0.25);
  }

  @Test
  void refusesImpossibleArguments() {
    assertThatThrownBy(() -> LengthShaping.kimi(new int[1], new boolean[2]))
        .hasMessage("1 lengths but 2 verdicts");
    assertThatThrownBy(() -> LengthShaping.cosineOfCorrect(-1, 0, LengthShaping.Cosine.DEFAULT))
        .hasMessage("length must be at least 0 and maxLength positive but were -1 and 0");
    assertThatThrownBy(() -> new LengthShaping.Cosine(Double.NaN, 0, 0, 0))
        .hasMessage("the ends of the cosine must be finite but were NaN, 0.0, 0.0 and 0.0");
  }
}
