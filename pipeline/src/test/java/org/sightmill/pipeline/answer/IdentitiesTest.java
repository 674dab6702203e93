package org.sightmill.pipeline.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.sample.AnswerType;

/** Formulas rewritten by identities are equal, perturbed ones are not. */
class IdentitiesTest {
  private static final int RUNS = 400;

  private static Verdict judge(String gold, String answer) {
    return Grader.standard()
        .grade(new GradeRequest(AnswerType.MATH, gold, answer, null, Scope.ANSWER))
        .verdict();
  }

  /** Generator: bench/make_identities.py 1500 7. */
  @Test
  void agreesWithSymPy() {
    List<JsonNode> rows = JsonLines.resource("answers/identities-sympy-1.14.jsonl");
    assertThat(rows).hasSize(1_500);
    for (JsonNode row : rows) {
      assertThat(judge(row.get("gold").asText(), row.get("pred").asText()))
          .as(row.toString())
          .isEqualTo(row.get("expected").asBoolean() ? Verdict.EQUAL : Verdict.DIFFERENT);
    }
  }

  @Test
  void knowsAFractionInAnyTerms() {
    Random random = new Random(1);
    for (int i = 0; i < RUNS; i++) {
      int top = random.nextInt(2_000) - 1_000;
      int bottom = 1 + random.nextInt(999);
      int factor = 2 + random.nextInt(50);
      String gold = "\\frac{%d}{%d}".formatted(top, bottom);
      assertThat(judge(gold, top * factor + "/" + bottom * factor)).isEqualTo(Verdict.EQUAL);
      assertThat(judge(gold, (top * factor + 1) + "/" + bottom * factor))
          .isEqualTo(Verdict.DIFFERENT);
    }
  }

  @Test
  void knowsALineInAnyForm() {
    Random random = new Random(2);
    for (int i = 0; i < RUNS; i++) {
      int slope = random.nextInt(9) + 1;
      int rise = random.nextInt(19) - 9;
      int factor = random.nextBoolean() ? -3 : 4;
      String gold = "y=%dx%+d".formatted(slope, rise);
      String scaled = "%dx%+dy%+d=0".formatted(slope * factor, -factor, rise * factor);
      assertThat(judge(gold, scaled)).as("%s and %s", gold, scaled).isEqualTo(Verdict.EQUAL);
      String moved = "%dx%+dy%+d=0".formatted(slope * factor, -factor, rise * factor + 1);
      assertThat(judge(gold, moved)).as("%s and %s", gold, moved).isEqualTo(Verdict.DIFFERENT);
    }
  }

  @Test
  void tellsNeighbouringIntervalsApart() {
    Random random = new Random(3);
    for (int i = 0; i < RUNS; i++) {
      int low = random.nextInt(40) - 20;
      int high = low + 1 + random.nextInt(20);
      String gold = "[%d,%d)".formatted(low, high);
      assertThat(judge(gold, "%d \\le x < %d".formatted(low, high))).isEqualTo(Verdict.EQUAL);
      assertThat(judge(gold, "%d < x < %d".formatted(low, high))).isEqualTo(Verdict.DIFFERENT);
      assertThat(judge(gold, "[%d,%d)".formatted(low, high + 1))).isEqualTo(Verdict.DIFFERENT);
      assertThat(judge(gold, "[%d,%d]".formatted(low, high))).isEqualTo(Verdict.DIFFERENT);
    }
  }

  @Test
  void knowsASetInAnyOrder() {
    Random random = new Random(4);
    for (int i = 0; i < RUNS; i++) {
      int a = random.nextInt(50);
      int b = a + 1 + random.nextInt(50);
      int c = b + 1 + random.nextInt(50);
      String gold = "\\{%d,%d,%d\\}".formatted(a, b, c);
      assertThat(judge(gold, "\\{%d, %d, %d\\}".formatted(c, a, b))).isEqualTo(Verdict.EQUAL);
      assertThat(judge(gold, "\\{%d, %d, %d\\}".formatted(c + 1, a, b)))
          .isEqualTo(Verdict.DIFFERENT);
      assertThat(judge(gold, "\\{%d, %d\\}".formatted(a, b))).isEqualTo(Verdict.DIFFERENT);
    }
  }

  @Test
  void keepsTinyAndHugeValuesApart() {
    for (int n = 1; n < 400; n += 7) {
      assertThat(judge("10^{-%d}".formatted(n), "10^{-%d}".formatted(n + 1)))
          .isEqualTo(Verdict.DIFFERENT);
      assertThat(judge("2^{%d}".formatted(2 * n), "4^{%d}".formatted(n))).isEqualTo(Verdict.EQUAL);
      assertThat(judge("2^{%d}".formatted(n), "2^{%d}+1".formatted(n)))
          .isEqualTo(Verdict.DIFFERENT);
      assertThat(judge("\\pi^{%d}".formatted(n), "\\pi^{%d}+\\pi^{-20}".formatted(n)))
          .as("pi^%d", n)
          .isNotEqualTo(n < 100 ? Verdict.EQUAL : Verdict.UNPARSED);
    }
  }
}
