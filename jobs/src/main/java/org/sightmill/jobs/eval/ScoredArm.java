package org.sightmill.jobs.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.trainer.eval.ArmResult;
import org.sightmill.trainer.eval.BenchmarkResult;
import org.sightmill.trainer.eval.ItemScore;
import org.sightmill.trainer.eval.Unit;

/**
 * An arm's result with what comparing it needs.
 *
 * @param units by data set and column
 */
public record ScoredArm(
    ArmResult result, Map<BenchmarkFile, Map<ItemScore.Column, List<Unit>>> units) {

  /** The units of all columns of one benchmark. */
  static Map<ItemScore.Column, List<Unit>> units(BenchmarkFile file, List<ItemScore> scores) {
    Map<ItemScore.Column, List<Unit>> units = new LinkedHashMap<>();
    for (ItemScore.Column column : ItemScore.Column.values()) {
      units.put(column, BenchmarkResult.units(file.benchmark(), scores, column));
    }
    return units;
  }
}
