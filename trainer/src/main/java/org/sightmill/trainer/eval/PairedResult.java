package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.trainer.eval.ItemScore.Column;

/**
 * Two arms on the same units of one benchmark.
 *
 * @param column how they were scored
 * @param units that both arms have
 * @param difference arm minus base, with the paired bootstrap's interval
 * @param relative difference over the base's value; null when that is 0
 * @param change the exact test on units that differ; a unit of several runs is the share of those
 *     that are right, so that one run of three is a change as well
 */
public record PairedResult(
    String benchmark,
    String base,
    String arm,
    Column column,
    long units,
    Estimate difference,
    Double relative,
    SignTest change) {

  /** Pairs units by their ids. */
  public static PairedResult of(
      String benchmark,
      String base,
      String arm,
      Column column,
      List<Unit> baseUnits,
      List<Unit> armUnits) {
    Map<String, Double> before = new LinkedHashMap<>();
    baseUnits.forEach(unit -> before.put(unit.id(), unit.value()));
    List<double[]> pairs = new ArrayList<>();
    for (Unit unit : armUnits) {
      if (before.containsKey(unit.id())) {
        pairs.add(new double[] {before.get(unit.id()), unit.value()});
      }
    }
    double mean = pairs.stream().mapToDouble(pair -> pair[0]).average().orElse(0);
    Estimate difference =
        Bootstrap.of(
            pairs.stream().mapToDouble(pair -> pair[1] - pair[0]).toArray(), Bootstrap.SEED);
    return new PairedResult(
        benchmark,
        base,
        arm,
        column,
        pairs.size(),
        difference,
        mean == 0 ? null : difference.value() / mean,
        SignTest.of(better(pairs, 1, 0), better(pairs, 0, 1)));
  }

  private static long better(List<double[]> pairs, int one, int other) {
    return pairs.stream().filter(pair -> pair[one] > pair[other]).count();
  }

  /** Whether the interval leaves out no difference at all. */
  public boolean isSignificant() {
    return difference.low() > 0 || difference.high() < 0;
  }
}
