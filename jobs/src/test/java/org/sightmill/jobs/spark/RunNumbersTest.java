package org.sightmill.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.metric.RolloutRow;

final class RunNumbersTest {
  private final MetricRegistry metrics = new MetricRegistry();
  private final RunNumbers numbers = new RunNumbers();

  private static RolloutRow row(int tokens, double reward, Map<String, Double> parts) {
    return new RolloutRow(
        1, "s", "text", tokens, reward, parts, 0, "length", 0, 0, "driver", "cpu");
  }

  private Object shown(String name) {
    return metrics.getGauges().get(name).getValue();
  }

  @Test
  void everyNumberIsThereFromTheStart() {
    numbers.showIn(metrics);
    assertThat(metrics.getGauges().keySet())
        .contains("rows", "rows_rejected", "input_tokens", "cost_usd", "reward");
    assertThat(shown("rows")).isEqualTo(0.0);
  }

  @Test
  void rewardsAreTheNewestStepsMeansAndTokensAddUp() {
    numbers.showIn(metrics);
    numbers.add(1, List.of(row(10, 1, Map.of("digit", 1.0)), row(20, 0, Map.of("digit", 0.0))));
    numbers.add(2, List.of(row(5, 0.25, Map.of("math", 0.25))));
    assertThat(shown("training_step")).isEqualTo(2.0);
    assertThat(shown("completion_tokens")).isEqualTo(35.0);
    assertThat(shown("reward")).isEqualTo(0.25);
    assertThat(shown("reward.digit")).isEqualTo(0.5);
    assertThat(shown("reward.math")).isEqualTo(0.25);
  }
}
