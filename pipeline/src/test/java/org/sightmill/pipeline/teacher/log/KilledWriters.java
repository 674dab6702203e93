package org.sightmill.pipeline.teacher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Kills processes that write to a log with SIGKILL, and counts what that costs. */
public final class KilledWriters {
  private static final int LIVES = 3;
  private static final int FEWEST_KEPT = 300;
  private static final int NUMBERS_OF_A_LIFE = 1_000_000;

  private KilledWriters() {}

  /**
   * Kills three processes that write to {@code log}, one after the other. Fails unless all that was
   * acknowledged reads back after each, no more than {@code inFlight} replies are lost that had
   * come, and the file system is of the kind expected.
   *
   * @param inFlight replies of a process that may have come and wait to be kept
   * @param settings of Hadoop, for the file system
   * @return how many replies that had come each kill lost
   */
  public static List<Integer> killAndCount(
      String log, int inFlight, Map<String, String> settings, Durability expected)
      throws Exception {
    Configuration hadoop = new Configuration();
    settings.forEach(hadoop::set);
    Random random = new Random(11);
    Set<Integer> keptInAll = new HashSet<>();
    List<Integer> losses = new ArrayList<>();
    for (int life = 0; life < LIVES; life++) {
      int keptAtLeast = FEWEST_KEPT + random.nextInt(FEWEST_KEPT);
      Said said = killedAfter(keptAtLeast, start(life, log, inFlight, settings));
      keptInAll.addAll(said.kept);
      Set<Integer> lost = new HashSet<>(said.came);
      try (ResponseFolder reading = ResponseLogs.open(log, hadoop)) {
        lost.removeIf(number -> isThere(reading, number));
        assertThat(keptInAll).allMatch(number -> isThere(reading, number));
      }
      assertThat(lost).as("replies that a kill lost").hasSizeLessThanOrEqualTo(inFlight);
      losses.add(lost.size());
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(log);
    FileSystem files = Durability.writable(path.getFileSystem(hadoop));
    assertThat(Durability.probe(files, path)).isEqualTo(expected);
    return losses;
  }

  private static boolean isThere(ResponseFolder log, int number) {
    LoggedReply reply = EndlessWriter.reply(number);
    return log.find(reply.requestSha256(), reply.sampleId()).filter(reply::equals).isPresent();
  }

  /** What a writer said before its end. */
  private static final class Said {
    private final Set<Integer> came = new HashSet<>();
    private final Set<Integer> kept = new HashSet<>();

    void hear(String line) {
      if (line.startsWith(EndlessWriter.CAME)) {
        came.add(Integer.parseInt(line.substring(EndlessWriter.CAME.length())));
      } else if (line.startsWith(EndlessWriter.KEPT)) {
        kept.add(Integer.parseInt(line.substring(EndlessWriter.KEPT.length())));
      } else {
        throw new AssertionError("the writer said: " + line);
      }
    }
  }

  private static Said killedAfter(int kept, Process writer) throws Exception {
    Said said = new Said();
    try (BufferedReader lines = writer.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.hear(line);
        if (said.kept.size() == kept) {
          writer.toHandle().destroyForcibly();
        }
      }
    } finally {
      writer.destroyForcibly();
    }
    assertThat(writer.waitFor(1, TimeUnit.MINUTES)).as("the writer is gone").isTrue();
    assertThat(said.kept).as("it lived until it was killed").hasSizeGreaterThanOrEqualTo(kept);
    return said;
  }

  private static Process start(int life, String log, int inFlight, Map<String, String> settings)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(EndlessWriter.class.getName());
    command.add(log);
    command.add(Integer.toString(life * NUMBERS_OF_A_LIFE));
    command.add(Integer.toString(inFlight));
    new TreeMap<>(settings).forEach((name, value) -> command.add(name + "=" + value));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
