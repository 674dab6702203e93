package org.sightmill.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightmill.trainer.generate.ModelBenchmark.Work;

/**
 * Steps give back all native memory that they take. What the allocator has handed out is counted,
 * not the resident set, so that a tensor, a graph or a list handle that nothing closes shows
 * whatever its size, and fragmentation does not. The counting is done in a JVM of its own without a
 * just-in-time compiler, whose own memory comes and goes by megabytes.
 */
@EnabledOnOs(OS.LINUX)
class NativeMemoryIT {
  private static final int WARM_UP_STEPS = 20;

  /** Least values of so many steps are compared. */
  private static final int WINDOW_STEPS = 10;

  private static final int STEPS_BETWEEN = 30;

  /** Less than any list handle or tensor of one page; a quiet step is seen to grow by up to 500. */
  private static final double ALLOWED_BYTES_A_STEP = 2_000;

  private static final Pattern MEASURED = Pattern.compile("[A-Z_]+( [0-9]+)+");

  private static Map<String, long[]> bytesAfterSteps;

  @BeforeAll
  static void countInAJvmOfItsOwn(@TempDir Path scratch) throws Exception {
    Path output = scratch.resolve("output.txt");
    Process counting = start(output);
    try {
      assertThat(counting.waitFor(20, TimeUnit.MINUTES)).as("ends in time").isTrue();
    } finally {
      counting.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output);
    assertThat(counting.exitValue()).as(String.join("\n", lines)).isZero();
    bytesAfterSteps = new HashMap<>();
    for (String line : lines) {
      if (!MEASURED.matcher(line).matches()) {
        continue; // the log
      }
      String[] parts = line.split(" ");
      long[] bytes = Stream.of(parts).skip(1).mapToLong(Long::parseLong).toArray();
      bytesAfterSteps.put(parts[0], bytes);
    }
  }

  private static Process start(Path output) throws IOException {
    int steps = WARM_UP_STEPS + STEPS_BETWEEN + WINDOW_STEPS;
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xint",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-cp",
            System.getProperty("java.class.path"),
            NativeMemoryRun.class.getName(),
            Integer.toString(steps))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void stepsGiveBackWhatTheyTake(Work work) {
    assertThat(growth(work.name())).as("bytes a step").isLessThan(ALLOWED_BYTES_A_STEP);
  }

  @Test
  void oneSmallTensorKeptAStepShows() {
    assertThat(growth(NativeMemoryRun.LEAK))
        .as("bytes a step")
        .isGreaterThan(ALLOWED_BYTES_A_STEP)
        .isBetween(NativeMemoryRun.LEAKED_BYTES * 1.0, NativeMemoryRun.LEAKED_BYTES * 1.5);
  }

  private static double growth(String work) {
    long[] bytes = bytesAfterSteps.get(work);
    return (least(bytes, WARM_UP_STEPS + STEPS_BETWEEN) - least(bytes, WARM_UP_STEPS))
        / (double) STEPS_BETWEEN;
  }

  private static long least(long[] bytes, int from) {
    return LongStream.of(bytes).skip(from).limit(WINDOW_STEPS).min().orElseThrow();
  }
}
