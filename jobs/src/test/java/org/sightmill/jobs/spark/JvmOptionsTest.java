package org.sightmill.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {
  @Test
  void theLaunchersOptionsAreSparks() throws IOException {
    String launcher = Files.readString(Path.of("target/launcher/jvm.options")).strip();
    assertThat(launcher.split(" +"))
        .containsExactlyInAnyOrder(JavaModuleOptions.defaultModuleOptions().split(" +"));
  }
}
