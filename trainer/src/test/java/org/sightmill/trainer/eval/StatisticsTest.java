package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.eval.ItemScore.Column;

class StatisticsTest {
  @Test
  void theIntervalIsNearTheNormalOneAndTheSameEachTime() {
    double[] values = new double[400];
    Arrays.fill(values, 0, 120, 1);
    Estimate estimate = Bootstrap.of(values, 1);
    double error = 1.96 * Math.sqrt(0.3 * 0.7 / 400);
    assertThat(estimate.value()).isEqualTo(0.3, within(1e-12));
    assertThat(estimate.low()).isEqualTo(0.3 - error, within(0.006));
    assertThat(estimate.high()).isEqualTo(0.3 + error, within(0.006));
    assertThat(Bootstrap.of(values, 1)).isEqualTo(estimate);
  }

  @Test
  void theIntervalCoversTheTruthAsOftenAsItSays() {
    Random random = new Random(3);
    int covered = 0;
    for (int round = 0; round < 200; round++) {
      double[] values =
          IntStream.range(0, 150).mapToDouble(i -> random.nextInt(10) < 4 ? 1 : 0).toArray();
      Estimate estimate = Bootstrap.of(values, round);
      covered += estimate.low() <= 0.4 && 0.4 <= estimate.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(178, 200);
  }

  @Test
  void nothingToResampleIsZero() {
    assertThat(Bootstrap.of(List.of())).isEqualTo(new Estimate(0, 0, 0));
  }

  @Test
  void theSignTestIsTheExactBinomialOne() {
    assertThat(SignTest.of(0, 0).p()).isEqualTo(1);
    assertThat(SignTest.of(5, 5).p()).isEqualTo(1);
    assertThat(SignTest.of(0, 6).p()).isEqualTo(2 * Math.pow(0.5, 6), within(1e-12));
    // Binomial tail of 3 or fewer of 15, twice.
    assertThat(SignTest.of(12, 3).p()).isEqualTo(2 * 576 / 32768.0, within(1e-12));
    assertThat(SignTest.of(1_000, 1_100).p()).isBetween(0.028, 0.032);
  }

  @Test
  void pairsUnitsByIdNotByPlace() {
    List<Unit> base = List.of(new Unit("a", 1), new Unit("b", 0), new Unit("c", 1));
    List<Unit> arm = List.of(new Unit("c", 1), new Unit("b", 1), new Unit("d", 1));
    PairedResult pair = PairedResult.of("x", "base", "arm", Column.LENIENT, base, arm);
    assertThat(pair.units()).isEqualTo(2);
    assertThat(pair.difference().value()).isEqualTo(0.5);
    assertThat(pair.relative()).isEqualTo(1.0);
    assertThat(pair.change()).isEqualTo(new SignTest(1, 0, 1));
  }

  @Test
  void unitsOfSeveralRunsChangeForBetterAndWorseAlike() {
    List<Unit> base = List.of(new Unit("a", 1), new Unit("b", 0), new Unit("c", 1));
    List<Unit> arm = List.of(new Unit("a", 2 / 3.0), new Unit("b", 1 / 3.0), new Unit("c", 1));
    PairedResult pair = PairedResult.of("x", "base", "arm", Column.LENIENT, base, arm);
    assertThat(pair.change()).isEqualTo(new SignTest(1, 1, 1));
  }

  @Test
  void noRelativeChangeOverZero() {
    List<Unit> zero = List.of(new Unit("a", 0));
    PairedResult pair =
        PairedResult.of("x", "base", "arm", Column.STRICT, zero, List.of(new Unit("a", 1)));
    assertThat(pair.relative()).isNull();
  }
}
