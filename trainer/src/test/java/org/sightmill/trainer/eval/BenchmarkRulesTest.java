package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.trainer.eval.ItemScore.Column;
import org.sightmill.trainer.eval.Ruling.Status;

class BenchmarkRulesTest {
  private static BenchmarkRow row(String... cells) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("index", "0");
    for (int i = 0; i < cells.length; i += 2) {
      map.put(cells[i], cells[i + 1]);
    }
    return new BenchmarkRow(map.get("index"), map);
  }

  private static Benchmark named(String name) {
    return Benchmarks.named(name).orElseThrow();
  }

  private static Ruling rule(String benchmark, BenchmarkRow row, String said) {
    return named(benchmark).rule(row, said);
  }

  private static ItemScore score(String benchmark, BenchmarkRow row, String response) {
    return new Scoring(named(benchmark), PromptStyle.TRAINED, Optional.empty())
        .score(List.of(row).iterator(), Map.of("0", Prediction.said("0", response)))
        .get(0);
  }

  @Test
  void knowsTheSixByTheirOfficialNamesToo() {
    assertThat(Benchmarks.SIX).allSatisfy(name -> assertThat(Benchmarks.named(name)).isPresent());
    for (String name : List.of("MathVista_MINI", "MathVerse_MINI_Vision_Only", "mathvision_mini")) {
      assertThat(Benchmarks.named(name)).as(name).isPresent();
    }
    assertThat(Benchmarks.named("MMMU")).isEmpty();
  }

  @Test
  void mathVistaLeavesWrongNumbersToTheJudge() {
    BenchmarkRow whole =
        row("question_type", "free_form", "answer_type", "integer", "answer", "12");
    assertThat(rule("MathVista", whole, " 12 ").status()).isEqualTo(Status.HIT);
    assertThat(rule("MathVista", whole, "13").status()).isEqualTo(Status.UNRESOLVED);
    assertThat(rule("MathVista", whole, "12.0").status()).isEqualTo(Status.UNRESOLVED);
    BenchmarkRow real = row("question_type", "free_form", "answer_type", "float", "answer", "1.20");
    assertThat(rule("MathVista", real, "1.2").status()).isEqualTo(Status.HIT);
  }

  @Test
  void mathVistaNeverScoresTextAndTakesZeroForNothing() {
    BenchmarkRow list =
        row("question_type", "free_form", "answer_type", "list", "answer", "[1, 2]");
    assertThat(rule("MathVista", list, "[1, 2]"))
        .isEqualTo(new Ruling(Status.MISS, null, UpstreamBug.MATHVISTA_TEXT_NEVER_SCORES));
    assertThat(score("MathVista", list, "<think>t</think><answer>[1, 2]</answer>").lenient())
        .isEqualTo(Verdict.EQUAL);
    BenchmarkRow zero = row("question_type", "free_form", "answer_type", "integer", "answer", "0");
    assertThat(rule("MathVista", zero, "0").bug()).isEqualTo(UpstreamBug.MATHVISTA_ZERO_IS_NOTHING);
  }

  @Test
  void mathVistaInfersOptions() {
    BenchmarkRow row =
        row("question_type", "multi_choice", "choices", "['3/11', '8/11']", "answer_option", "B");
    assertThat(rule("MathVista", row, "The answer is (B)").status()).isEqualTo(Status.HIT);
    assertThat(rule("MathVista", row, "A").status()).isEqualTo(Status.MISS);
    assertThat(rule("MathVista", row, "no idea").status()).isEqualTo(Status.UNRESOLVED);
  }

  @Test
  void mathVisionCutsABoxAtItsFirstBrace() {
    BenchmarkRow row = row("choices", "[]", "answer", "\\frac{3}{5}");
    assertThat(rule("MathVision", row, "\\frac{3}{5}").status()).isEqualTo(Status.HIT);
    assertThat(rule("MathVision", row, "0.6").status()).isEqualTo(Status.HIT);
    assertThat(rule("MathVision", row, "so \\boxed{\\frac{3}{5}}"))
        .isEqualTo(new Ruling(Status.UNRESOLVED, null, UpstreamBug.MATHVISION_CUT_BOX));
    assertThat(rule("MathVision", row, "it is 2").status()).isEqualTo(Status.UNRESOLVED);
  }

  @Test
  void mathVisionNamesOptionsThatTheQuestionDoesNot() {
    BenchmarkRow row = row("question", "Which?", "choices", "['red', 'blue']");
    assertThat(named("MathVision").prompt(row)).isEqualTo("Which?\nA. red\nB. blue");
    BenchmarkRow said = row("question", "red or blue?", "choices", "['red', 'blue']");
    assertThat(named("MathVision").prompt(said)).isEqualTo("red or blue?");
  }

  @Test
  void dynaMathReadsTheJsonOrTheWholeReply() {
    BenchmarkRow real = row("answer_type", "float", "answer", "0.6667");
    assertThat(rule("DynaMath", real, "{\"short answer\": \"0.667\"}").status())
        .isEqualTo(Status.HIT);
    assertThat(rule("DynaMath", real, "0.667").status()).isEqualTo(Status.HIT);
    assertThat(rule("DynaMath", real, "{\"short answer\": \"0.668\"}").status())
        .isEqualTo(Status.MISS);
    // A number where a text is asked for breaks the original's parser.
    assertThat(rule("DynaMath", real, "{\"short answer\": 0.667}").status())
        .isEqualTo(Status.UNRESOLVED);
    assertThat(score("DynaMath", real, "<think>t</think><answer>0.667</answer>").strict())
        .isEqualTo(Verdict.EQUAL);
    assertThat(
            score(
                    "DynaMath",
                    real,
                    "<think>t</think><answer>{\"short answer\": \"0.666\"}</answer>")
                .lenient())
        .isEqualTo(Verdict.EQUAL);
  }

  @Test
  void dynaMathTakesPartsOfTheGoldForRight() {
    BenchmarkRow text = row("answer_type", "text", "answer", "69, 51, 59");
    assertThat(rule("DynaMath", text, "{\"short answer\": \"5\"}"))
        .isEqualTo(new Ruling(Status.HIT, "5", UpstreamBug.DYNAMATH_PART_OF_GOLD));
    assertThat(score("DynaMath", text, "<think>t</think><answer>5</answer>").lenient())
        .isEqualTo(Verdict.DIFFERENT);
    BenchmarkRow letter = row("answer_type", "multiple choice", "answer", "E");
    assertThat(rule("DynaMath", letter, "{\"short answer\": \"none\"}"))
        .isEqualTo(new Ruling(Status.HIT, "E", UpstreamBug.DYNAMATH_LETTER_IN_WORD));
  }

  private static BenchmarkRow variant(int index, int qid, int varid) {
    return row(
        "index",
        "" + index,
        "qid",
        "" + qid,
        "varid",
        "" + varid,
        "subject",
        "s",
        "knowledge_level",
        "l");
  }

  @Test
  void dynaMathCountsAQuestionByItsWorstVariant() {
    List<Scored> items =
        List.of(
            new Scored(variant(0, 0, 1), 1),
            new Scored(variant(1, 1, 1), 1),
            new Scored(variant(2, 0, 2), 0),
            new Scored(variant(3, 1, 2), 1));
    Benchmark dynaMath = named("DynaMath");
    assertThat(dynaMath.units(items)).containsExactly(new Unit("0", 0), new Unit("1", 1));
    assertThat(dynaMath.lines(items))
        .contains(
            new Line("Worst Case: Overall", 2, 0.5),
            new Line("Average: Overall", 4, 0.75),
            new Line("Worst Case: Subject-s", 2, 0.5),
            new Line("Average: Level-l", 4, 0.75));
  }

  private static void problem(List<Scored> items, String id, String steps, double... values) {
    for (int i = 0; i < values.length; i++) {
      String part = i == values.length - 1 ? "multi" : String.valueOf(i + 1);
      items.add(
          new Scored(row("index", id + i, "ID", id, "key", steps + "steps_" + part), values[i]));
    }
  }

  @Test
  void weMathScoresStrictAndLooseByTheOfficialFormula() {
    List<Scored> items = new ArrayList<>();
    problem(items, "1", "2", 1, 1, 1); // mastered
    problem(items, "2", "2", 1, 1, 0); // inadequate generalisation
    problem(items, "3", "2", 1, 0, 0); // insufficient knowledge
    problem(items, "4", "2", 1, 0, 1); // rote when strict
    problem(items, "1", "3", 0, 0, 0, 1); // rote in both
    Benchmark weMath = named("WeMath");
    assertThat(weMath.units(items)).hasSize(5);
    Map<String, Line> lines = new LinkedHashMap<>();
    weMath.lines(items).forEach(line -> lines.put(line.name(), line));
    assertThat(lines.get("Score (Strict)").accuracy())
        .isEqualTo((5 - 0.5 - 2 - 1) / 5, within(1e-12));
    assertThat(lines.get("Score (Loose)").accuracy())
        .isEqualTo((5 - 0.5 - 1 - 1) / 5, within(1e-12));
    assertThat(lines.get("RoteMemorization (Strict)"))
        .isEqualTo(new Line("RoteMemorization (Strict)", 3, 2 / 3.0));
    assertThat(lines.get("RoteMemorization (Loose)").accuracy()).isEqualTo(1 / 3.0);
    assertThat(lines.get("Two-step (S2)")).isEqualTo(new Line("Two-step (S2)", 4, 0.5));
    double strict = weMath.units(items).stream().mapToDouble(Unit::value).average().orElse(-1);
    assertThat(strict).isEqualTo(lines.get("Score (Strict)").accuracy(), within(1e-12));
  }

  @Test
  void mathVerseAndLogicVistaAreUnresolvedWithoutAJudgeButVerified() {
    BenchmarkRow logic = row("answer", "A, C", "skill", "inductive, spatial");
    ItemScore score = score("LogicVista", logic, "<think>t</think> <answer>C, A</answer>");
    assertThat(score.ruling().status()).isEqualTo(Status.UNRESOLVED);
    assertThat(score.right(Column.COMPATIBLE)).isFalse();
    assertThat(score.strict()).isEqualTo(Verdict.EQUAL);
    assertThat(score("LogicVista", logic, "<think>t</think> <answer>A</answer>").lenient())
        .isEqualTo(Verdict.DIFFERENT);
    assertThat(named("LogicVista").groups(logic)).containsExactly("inductive", "spatial");
    BenchmarkRow verse =
        row("answer", "2\\sqrt{3}", "metadata", "{'split': 'x', 'subject': 'Plane Geometry'}");
    assertThat(
            score("MathVerse", verse, "<think>t</think> <answer>$\\sqrt{12}$</answer>").lenient())
        .isEqualTo(Verdict.EQUAL);
    assertThat(named("MathVerse").groups(verse)).containsExactly("Plane Geometry");
  }

  @Test
  void strictReadingAsksForTheFormatThatWasAskedFor() {
    BenchmarkRow row = row("question", "q", "answer", "7");
    ItemScore bare = score("generic", row, "7");
    assertThat(bare.lenient()).isEqualTo(Verdict.EQUAL);
    assertThat(bare.strict()).isEqualTo(Verdict.UNPARSED);
    ItemScore asked =
        new Scoring(named("generic"), PromptStyle.NATIVE, Optional.empty())
            .score(List.of(row).iterator(), Map.of("0", Prediction.said("0", "7")))
            .get(0);
    assertThat(asked.strict()).isEqualTo(Verdict.EQUAL);
  }
}
