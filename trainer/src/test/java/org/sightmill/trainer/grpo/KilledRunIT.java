package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.engine.Scope;

class KilledRunIT {
  private static final int STEPS = 12;

  @TempDir Path scratch;

  @Test
  void aRunKilledAtAnyTimeEndsBitForBitAsAnUninterruptedOne() throws Exception {
    Path model;
    try (Scope root = Scope.on(Device.cpu())) {
      model = TinySetups.model(root, scratch.resolve("model"));
    }
    Path whole = scratch.resolve("whole");
    Path killed = scratch.resolve("killed");
    finish(start(model, whole));
    Process doomed = start(model, killed);
    waitFor(killed.resolve("checkpoints/step-%08d".formatted(4)), doomed);
    doomed.destroyForcibly().waitFor(); // SIGKILL
    assertThat(killed.resolve("checkpoints/step-%08d".formatted(STEPS))).doesNotExist();
    finish(start(model, killed));
    ResumeTest.assertSame(whole, killed, STEPS);
  }

  private Process start(Path model, Path run) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dai.djl.pytorch.num_threads=1");
    command.add("-Dai.djl.pytorch.num_interop_threads=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TinyGrpo.class.getName(), model.toString(), run.toString()));
    command.add(Integer.toString(STEPS));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(scratch.resolve("output.log").toFile())
        .start();
  }

  private void finish(Process process) throws Exception {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(scratch.resolve("output.log"))).isZero();
  }

  private static void waitFor(Path file, Process process) throws InterruptedException {
    while (!Files.exists(file) && process.isAlive()) {
      Thread.sleep(5);
    }
    assertThat(file).exists();
  }
}
