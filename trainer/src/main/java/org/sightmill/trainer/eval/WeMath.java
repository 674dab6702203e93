package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.answer.evaluator.EvaluatorRules;

/**
 * WeMath testmini: problems of two or three steps, asked step by step and as a whole. A problem
 * whose steps and whole are right is mastered (1); steps without the whole is inadequate
 * generalisation (0.5); the whole without its steps is rote memorisation and neither is
 * insufficient knowledge (0). Strict takes one wrong step for rote, loose only all of them.
 */
final class WeMath implements Benchmark {
  private static final char LAST_OPTION = 'H';

  /** What a problem came to. */
  private enum Mastery {
    COMPLETE,
    INADEQUATE_GENERALISATION,
    INSUFFICIENT_KNOWLEDGE,
    ROTE_STRICT,
    ROTE
  }

  @Override
  public String name() {
    return "WeMath";
  }

  @Override
  public List<String> columns() {
    return List.of("index", "question", "A", "B", "answer", "key", "ID");
  }

  @Override
  public String prompt(BenchmarkRow row) {
    StringBuilder prompt = new StringBuilder();
    row.cell("hint").ifPresent(hint -> prompt.append("Hint: ").append(hint).append('\n'));
    prompt.append(row.text("question")).append('\n');
    prompt.append(Prompts.lettered(row.lettered(LAST_OPTION))).append('\n');
    return prompt.append("Select the right one of these options.").toString();
  }

  @Override
  public Ruling rule(BenchmarkRow row, String prediction) {
    return Ruling.letter(
        EvaluatorRules.canInfer(prediction, row.lettered(LAST_OPTION)), row.text("answer"));
  }

  @Override
  public Gold gold(BenchmarkRow row) {
    return Gold.choice(row.text("answer"), row.lettered(LAST_OPTION));
  }

  @Override
  public List<Unit> units(List<Scored> items) {
    List<Unit> units = new ArrayList<>();
    problems(items).forEach((id, parts) -> units.add(new Unit(id, strict(mastery(parts)))));
    return units;
  }

  /** Rows of a problem by key; two- and three-step problems number their IDs apart. */
  private static Map<String, Map<String, Double>> problems(List<Scored> items) {
    Map<String, Map<String, Double>> problems = new LinkedHashMap<>();
    for (Scored item : items) {
      String key = item.row().text("key");
      String id = key.replaceFirst("_.*", "") + "/" + item.row().text("ID");
      problems.computeIfAbsent(id, i -> new LinkedHashMap<>()).put(key, item.value());
    }
    return problems;
  }

  private static Mastery mastery(Map<String, Double> parts) {
    boolean whole = false;
    int steps = 0;
    int right = 0;
    for (Map.Entry<String, Double> part : parts.entrySet()) {
      if (part.getKey().endsWith("_multi")) {
        whole = part.getValue() == 1;
      } else {
        steps++;
        right += part.getValue() == 1 ? 1 : 0;
      }
    }
    if (right == steps) {
      return whole ? Mastery.COMPLETE : Mastery.INADEQUATE_GENERALISATION;
    }
    if (!whole) {
      return Mastery.INSUFFICIENT_KNOWLEDGE;
    }
    return right == 0 ? Mastery.ROTE : Mastery.ROTE_STRICT;
  }

  private static double strict(Mastery mastery) {
    return switch (mastery) {
      case COMPLETE -> 1;
      case INADEQUATE_GENERALISATION -> 0.5;
      default -> 0;
    };
  }

  private static double loose(Mastery mastery) {
    return mastery == Mastery.ROTE_STRICT ? 1 : strict(mastery);
  }

  @Override
  public List<Line> lines(List<Scored> items) {
    List<Mastery> all = problems(items).values().stream().map(WeMath::mastery).toList();
    List<Line> lines = new ArrayList<>();
    lines.add(line("Score (Strict)", all.stream().mapToDouble(WeMath::strict).sum(), all.size()));
    lines.add(line("Score (Loose)", all.stream().mapToDouble(WeMath::loose).sum(), all.size()));
    lines.add(share("InsufficientKnowledge", all, Mastery.INSUFFICIENT_KNOWLEDGE));
    lines.add(share("InadequateGeneralization", all, Mastery.INADEQUATE_GENERALISATION));
    lines.add(share("CompleteMastery (Strict)", all, Mastery.COMPLETE));
    lines.add(share("CompleteMastery (Loose)", all, Mastery.COMPLETE, Mastery.ROTE_STRICT));
    lines.add(rote("RoteMemorization (Strict)", all, Mastery.ROTE, Mastery.ROTE_STRICT));
    lines.add(rote("RoteMemorization (Loose)", all, Mastery.ROTE));
    lines.addAll(steps(items));
    return lines;
  }

  private static Line share(String name, List<Mastery> all, Mastery... wanted) {
    return line(name, count(all, wanted), all.size());
  }

  /** Of the problems whose whole is right. */
  private static Line rote(String name, List<Mastery> all, Mastery... wanted) {
    return line(
        name, count(all, wanted), count(all, Mastery.COMPLETE, Mastery.ROTE, Mastery.ROTE_STRICT));
  }

  private static long count(List<Mastery> all, Mastery... wanted) {
    return all.stream().filter(List.of(wanted)::contains).count();
  }

  private static Line line(String name, double sum, long n) {
    return new Line(name, n, n == 0 ? 0 : sum / n);
  }

  private static List<Line> steps(List<Scored> items) {
    List<Line> lines = new ArrayList<>();
    lines.add(Lines.mean("One-step (S1)", ending(items, "_[0-9]")));
    lines.add(Lines.mean("Two-step (S2)", ending(items, "2steps_multi")));
    lines.add(Lines.mean("Three-step (S3)", ending(items, "3steps_multi")));
    return lines;
  }

  private static List<Scored> ending(List<Scored> items, String pattern) {
    return items.stream().filter(item -> item.row().text("key").matches(".*" + pattern)).toList();
  }
}
