package org.sightmill.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaVersionsTest {
  @Test
  void takesTheReleasesThatSparkRunsOn() {
    assertThat(JavaVersions.problem(17)).isEmpty();
    assertThat(JavaVersions.problem(21)).isEmpty();
  }

  @Test
  void saysWhyAnotherReleaseDoesNot() {
    for (int feature : new int[] {11, 18, 25}) {
      assertThat(JavaVersions.problem(feature).orElseThrow())
          .startsWith("Sightmill runs on Java 17 and 21, but this is Java " + feature)
          .contains("Point JAVA_HOME at Java 17 or 21");
    }
  }
}
