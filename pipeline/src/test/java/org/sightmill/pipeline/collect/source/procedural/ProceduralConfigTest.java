package org.sightmill.pipeline.collect.source.procedural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProceduralConfigTest {
  private static ProceduralConfig config(
      Map<ProceduralFamily, Double> weights,
      int levels,
      double wrong,
      double mentions,
      int min,
      int max) {
    return new ProceduralConfig(1, 10, weights, levels, wrong, mentions, min, max);
  }

  private static final Map<ProceduralFamily, Double> EQUAL = ProceduralConfig.equalWeights();

  @Test
  void fixesTheDocumentedDefaults() {
    ProceduralConfig config = ProceduralConfig.defaults(7, 100);

    assertThat(config).isEqualTo(new ProceduralConfig(7, 100, EQUAL, 5, 0.08, 0.3, 320, 512));
    assertThat(EQUAL).hasSize(5).doesNotContainKey(ProceduralFamily.TALLY).containsValue(1.0);
    assertThat(config.weights()).hasSize(7).containsEntry(ProceduralFamily.TALLY, 0.0);
  }

  @Test
  void namesTheValueAndItsBounds() {
    assertThatThrownBy(() -> new ProceduralConfig(1, -1, EQUAL, 5, 0, 0, 320, 512))
        .hasMessage("rows must be at least 0 but was -1");
    assertThatThrownBy(() -> config(EQUAL, 0, 0, 0, 320, 512))
        .hasMessage("difficultyLevels must be from 1.0 to 20.0 but was 0.0");
    assertThatThrownBy(() -> config(EQUAL, 5, 1.5, 0, 320, 512))
        .hasMessage("wrongRationaleRate must be from 0.0 to 1.0 but was 1.5");
    assertThatThrownBy(() -> config(EQUAL, 5, 0, Double.NaN, 320, 512))
        .hasMessage("captionMentionRate must be from 0.0 to 1.0 but was NaN");
    assertThatThrownBy(() -> config(EQUAL, 5, 0, 0, 100, 512))
        .hasMessage("minSidePixels must be from 256.0 to 2048.0 but was 100.0");
    assertThatThrownBy(() -> config(EQUAL, 5, 0, 0, 320, 300))
        .hasMessage("maxSidePixels must be from 320.0 to 2048.0 but was 300.0");
  }

  @Test
  void needsAFamilyWithWeight() {
    assertThatThrownBy(() -> config(Map.of(ProceduralFamily.CHART, 0.0), 5, 0, 0, 320, 512))
        .hasMessage("at least one family must have a weight above 0");
    assertThatThrownBy(() -> config(Map.of(ProceduralFamily.CHART, -1.0), 5, 0, 0, 320, 512))
        .hasMessage("weight of chart must be finite and at least 0 but was -1.0");
  }

  @Test
  void reflectsOnTheUpperPartOfTheLevels() {
    assertThat(config(EQUAL, 5, 0, 0, 320, 512).isReflective(3)).isFalse();
    assertThat(config(EQUAL, 5, 0, 0, 320, 512).isReflective(4)).isTrue();
    assertThat(config(EQUAL, 3, 0, 0, 320, 512).isReflective(3)).isTrue();
    assertThat(config(EQUAL, 1, 0, 0, 320, 512).isReflective(1)).isFalse();
  }

  @Test
  void findsFamiliesByLabel() {
    assertThat(ProceduralFamily.fromLabel(" Chart ")).contains(ProceduralFamily.CHART);
    assertThat(ProceduralFamily.fromLabel("charts")).isEmpty();
  }
}
