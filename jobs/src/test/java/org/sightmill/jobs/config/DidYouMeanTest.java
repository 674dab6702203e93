package org.sightmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
  private static final List<String> KNOWN = List.of("root", "run_id", "sources", "max_word_delta");

  @Test
  void suggestsTheNearestName() {
    assertThat(DidYouMean.suggest("max_word_dleta", KNOWN)).contains("max_word_delta");
    assertThat(DidYouMean.suggest("source", KNOWN)).contains("sources");
    assertThat(DidYouMean.suggest("rot", KNOWN)).contains("root");
  }

  @Test
  void staysSilentAboutAnotherWord() {
    assertThat(DidYouMean.suggest("colour", KNOWN)).isEmpty();
  }
}
