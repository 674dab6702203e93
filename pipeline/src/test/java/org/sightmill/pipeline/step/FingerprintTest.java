package org.sightmill.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
  private record Inner(int maxWords, List<String> cues) {}

  private record Config(double fraction, Inner inner) {}

  private static Fingerprint of(Config config) {
    return Fingerprint.builder(StepName.CURATE, 2, 1).config(config).part("input", "abc").build();
  }

  @Test
  void flattensARecordToItsLeaves() {
    assertThat(of(new Config(0.5, new Inner(15, List.of("wait")))).parts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "step", "curate",
                "logic_version", "2",
                "schema_version", "1",
                "config.fraction", "0.5",
                "config.inner.max_words", "15",
                "config.inner.cues", "[\"wait\"]",
                "input", "abc"));
  }

  @Test
  void isEqualForEqualPartsAndDiffersForAnyOther() {
    Fingerprint one = of(new Config(0.5, new Inner(15, List.of())));
    assertThat(of(new Config(0.5, new Inner(15, List.of()))).sha256()).isEqualTo(one.sha256());
    assertThat(of(new Config(0.5, new Inner(16, List.of()))).sha256())
        .isNotEqualTo(one.sha256())
        .hasSize(64);
  }

  @Test
  void namesWhatAppearedChangedAndWent() {
    Fingerprint now = of(new Config(0.5, new Inner(16, List.of())));
    Map<String, String> earlier = new java.util.TreeMap<>(now.parts());
    earlier.put("config.inner.max_words", "15");
    earlier.put("config.gone", "1");
    earlier.remove("input");
    assertThat(now.changesSince(earlier))
        .containsExactly(
            "config.gone: 1 -> (none)", "config.inner.max_words: 15 -> 16", "input: (none) -> abc");
  }

  @Test
  void aPartIsGivenOnce() {
    assertThatThrownBy(
            () -> Fingerprint.builder(StepName.CURATE, 1, 1).part("x", "1").part("x", "2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fingerprint part x given twice");
  }
}
