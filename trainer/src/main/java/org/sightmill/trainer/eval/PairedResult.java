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
 * @param change the exact test on units that are wholly right
 */
public record PairedResult(
    String benchmark,
    String base,
    String arm,
    Column column,
    long units,
    Estimate difference,
    Double relative,
    McNemar change) {

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
        McNemar.of(changed(pairs, 0, 1), changed(pairs, 1, 0)));
  }

  /** Units that are wholly right on one side and not on the other. */
  private static long changed(List<double[]> pairs, int wrong, int right) {
    return pairs.stream().filter(pair -> pair[wrong] < 1 && pair[right] == 1).count();
  }

  /** Whether the interval leaves out no difference at all. */
  public boolean isSignificant() {
    return difference.low() > 0 || difference.high() < 0;
  }
}
