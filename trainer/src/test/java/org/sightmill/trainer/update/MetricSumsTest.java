package org.sightmill.trainer.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class MetricSumsTest {
  @Test
  void partsJoinByTheirWeights() {
    MetricSums one = new MetricSums();
    one.mean("kl", 1, 3);
    one.sum("loss", 0.25);
    one.least("low", 4);
    one.greatest("high", 4);
    MetricSums other = new MetricSums();
    other.mean("kl", 5, 1);
    other.mean("empty", Double.NaN, 0);
    other.sum("loss", 0.5);
    other.least("low", 2);
    other.greatest("high", 2);
    assertThat(one.add(other).results())
        .containsExactly(
            entry("high", 4.0), entry("kl", 2.0), entry("loss", 0.75), entry("low", 2.0));
  }
}
