package org.sightmill.jobs.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sightmill.trainer.eval.Comparison;
import org.sightmill.trainer.eval.ItemScore;
import org.sightmill.trainer.eval.PairedResult;
import org.sightmill.trainer.eval.Unit;

/** Puts evaluated arms beside the first of them. Runs with one name are seeds of one arm. */
public final class Comparing {
  /** The file with a comparison. */
  public static final String RESULT = "comparison.json";

  private Comparing() {}

  /** Every arm against the first, item by item. */
  public static Comparison of(List<ScoredArm> runs) {
    Map<String, List<ScoredArm>> arms = new LinkedHashMap<>();
    runs.forEach(run -> arms.computeIfAbsent(run.result().name(), n -> new ArrayList<>()).add(run));
    TreeMap<String, Integer> seeds = new TreeMap<>();
    arms.forEach((name, all) -> seeds.put(name, all.size()));
    List<PairedResult> pairs = new ArrayList<>();
    List<ScoredArm> base = runs.isEmpty() ? List.of() : arms.values().iterator().next();
    arms.values().stream().skip(1).forEach(arm -> pairs.addAll(pairs(base, arm)));
    return new Comparison(runs.stream().map(ScoredArm::result).toList(), seeds, pairs);
  }

  private static List<PairedResult> pairs(List<ScoredArm> base, List<ScoredArm> arm) {
    List<PairedResult> pairs = new ArrayList<>();
    for (BenchmarkFile file : base.get(0).units().keySet()) {
      for (ItemScore.Column column : ItemScore.Column.values()) {
        pairs.add(
            PairedResult.of(
                file.title(),
                base.get(0).result().name(),
                arm.get(0).result().name(),
                column,
                mean(base, file, column),
                mean(arm, file, column)));
      }
    }
    return pairs;
  }

  /** The mean of each unit over the runs of an arm. */
  private static List<Unit> mean(
      List<ScoredArm> runs, BenchmarkFile file, ItemScore.Column column) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (ScoredArm run : runs) {
      run.units()
          .get(file)
          .get(column)
          .forEach(unit -> sums.merge(unit.id(), unit.value(), Double::sum));
    }
    return sums.entrySet().stream()
        .map(sum -> new Unit(sum.getKey(), sum.getValue() / runs.size()))
        .toList();
  }
}
