package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightmill.pipeline.answer.Verdict;

/** Scores predictions: the benchmark's own rule, a judge where there is one, and the verifier. */
public final class Scoring {
  private final Benchmark benchmark;
  private final OwnVerifier verifier;
  private final Optional<AnswerJudge> judge;

  /**
   * A scorer.
   *
   * @param style what the model was asked under; strict reading depends on it
   * @param judge asked where the rule can't tell; empty leaves those items unresolved
   */
  public Scoring(Benchmark benchmark, PromptStyle style, Optional<AnswerJudge> judge) {
    this.benchmark = benchmark;
    this.verifier = new OwnVerifier(benchmark, style);
    this.judge = judge;
  }

  /** All rows in their order; a row without a prediction counts as wrong. */
  public List<ItemScore> score(Iterator<BenchmarkRow> rows, Map<String, Prediction> predictions) {
    List<ItemScore> scores = new ArrayList<>();
    while (rows.hasNext()) {
      BenchmarkRow row = withoutPicture(rows.next());
      scores.add(
          byRule(
              row,
              predictions.getOrDefault(
                  row.index(), Prediction.none(row.index(), Prediction.MISSING))));
    }
    judge.ifPresent(j -> judge(j, scores));
    return scores;
  }

  /** Scores are kept for the tables, pictures need not be. */
  private static BenchmarkRow withoutPicture(BenchmarkRow row) {
    Map<String, String> cells = new LinkedHashMap<>(row.cells());
    cells.remove(BenchmarkRow.IMAGE);
    return new BenchmarkRow(row.index(), cells);
  }

  private ItemScore byRule(BenchmarkRow row, Prediction prediction) {
    if (!prediction.answered()) {
      Ruling none = Ruling.decided(false, null);
      return new ItemScore(row, prediction, none, false, Verdict.UNPARSED, Verdict.UNPARSED);
    }
    return new ItemScore(
        row,
        prediction,
        benchmark.rule(row, prediction.passedOn()),
        false,
        verifier.lenient(row, prediction.response()),
        verifier.strict(row, prediction.response()));
  }

  private void judge(AnswerJudge judge, List<ItemScore> scores) {
    List<Integer> places = new ArrayList<>();
    List<AnswerJudge.Question> questions = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      if (scores.get(i).ruling().status() == Ruling.Status.UNRESOLVED) {
        places.add(i);
        questions.add(question(scores.get(i)));
      }
    }
    List<Optional<Boolean>> replies = judge.agree(questions);
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      replies.get(i).ifPresent(right -> scores.set(place, scores.get(place).judged(right)));
    }
  }

  private AnswerJudge.Question question(ItemScore score) {
    BenchmarkRow row = score.row();
    return new AnswerJudge.Question(
        row.index(),
        row.cell("question_for_eval").orElse(row.text("question")),
        benchmark.gold(row),
        score.prediction().passedOn());
  }
}
