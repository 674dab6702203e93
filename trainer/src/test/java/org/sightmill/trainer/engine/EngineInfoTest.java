package org.sightmill.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineInfoTest {
  @Test
  void findsTheLibraryThatTheTestsRunOn() {
    EngineInfo info = EngineInfo.find().orElseThrow();
    assertThat(info.version()).startsWith("2.");
    assertThat(info.library()).isNotBlank();
    assertThat(info.gpus()).isNotNegative();
    assertThat(info.threads()).isPositive();
  }
}
