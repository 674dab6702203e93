package org.sightmill.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class CommonPoolTest {

  @Test
  void aJvmWithOneProcessorStartsNoThreadForEachTask() throws Exception {
    assertThat(tasksRunOn()).contains("ForkJoinPool.commonPool");
    assertThat(tasksRunOn("-D" + CommonPool.SETTING + "=0"))
        .as("what is set stays")
        .doesNotContain("ForkJoinPool");
  }

  @Test
  void executorsOfFewOrUnknownCoresGetThePoolByAnOption() {
    String option = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4";
    for (int cores : List.of(0, 1, 2)) {
      assertThat(CommonPool.executorOption(cores)).contains(option);
    }
    assertThat(CommonPool.executorOption(3)).isEmpty();
  }

  /** Prints the thread that a task without an executor runs on. */
  public static final class Task {
    public static void main(String[] arguments) {
      CommonPool.ofThisJvm();
      CompletableFuture.runAsync(() -> System.out.println(Thread.currentThread().getName())).join();
    }
  }

  private static String tasksRunOn(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:ActiveProcessorCount=1");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classes(CommonPool.class) + ":" + classes(Task.class)));
    command.add(Task.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static String classes(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
