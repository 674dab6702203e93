package org.sightmill.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplingSettingsTest {
  @Test
  void namesTheSettingItsValueAndItsRange() {
    assertThatThrownBy(() -> SamplingSettings.sampled(-1, 5, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("temperature is -1.0, not in [0, inf)");
    assertThatThrownBy(() -> new SamplingSettings(1, 0, 1.5, 0, 1, 5, Set.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("top_p is 1.5, not in (0, 1]");
    assertThatThrownBy(() -> SamplingSettings.greedy(0, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max tokens is 0.0, not in [1, inf)");
  }

  @Test
  void echoesEverySetting() {
    assertThat(new SamplingSettings(0.8, 20, 0.9, 0.05, 1.1, 64, Set.of(2, 1), Set.of(7)).echo())
        .isEqualTo(
            "temperature=0.8 top_k=20 top_p=0.9 min_p=0.05 repetition_penalty=1.1 max_tokens=64 stop=[1, 2] banned=[7] stop_strings=[]");
  }

  @Test
  void greedyChoiceIsScoredAtTemperatureOne() {
    assertThat(SamplingSettings.greedy(1, Set.of()).scoringTemperature()).isEqualTo(1);
    assertThat(SamplingSettings.sampled(0.7, 1, Set.of()).scoringTemperature()).isEqualTo(0.7);
  }
}
