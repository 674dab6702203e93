package org.sightmill.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  @TempDir Path folder;

  @Test
  void aResumedRunTakesBackTheStepsThatItDoesAgain() throws IOException {
    try (RunLog log = open(0)) {
      for (long step = 1; step <= 4; step++) {
        log.step(step, Map.of("loss", 1.0 / step, "kl", Double.NaN));
      }
    }
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        "{\"step\":5,\"lo", // what a crash cut short
        java.nio.file.StandardOpenOption.APPEND);
    try (RunLog log = open(2)) {
      log.step(3, Map.of("loss", 7.0));
    }
    assertThat(Files.readAllLines(folder.resolve("metrics.jsonl")))
        .hasSize(3)
        .startsWith(
            "{\"step\":1,\"kl\":null,\"loss\":1.0}".replace("\"kl\":null,\"loss\":1.0", first()))
        .endsWith("{\"step\":3,\"loss\":7.0}");
  }

  /** Map.of has no order of its own. */
  private String first() throws IOException {
    String line = Files.readAllLines(folder.resolve("metrics.jsonl")).get(0);
    assertThat(line).contains("\"kl\":null").contains("\"loss\":1.0");
    return line.substring("{\"step\":1,".length(), line.length() - 1);
  }

  @Test
  void theProgressLineSaysStepRewardAndTimeLeft() throws IOException {
    StringWriter screen = new StringWriter();
    try (RunLog log = RunLog.open(folder, 0, 10, new PrintWriter(screen))) {
      log.step(
          5, Map.of("reward", 0.25, "kl", 1e-3, "step_time", 2.0, "tokens_per_second", 1234.4));
    }
    assertThat(screen.toString())
        .contains("step 5/10")
        .contains("reward 0.2500")
        .contains("kl 0.001000")
        .contains("1234 tokens/s")
        .contains("left");
  }

  @Test
  void checksumsAreMaskedCastagnoli() {
    // CRC-32C of nine digits is e3069283 (RFC 3720's check value); rotated right 15, plus delta
    int expected = Integer.rotateRight(0xe3069283, 15) + 0xa282ead8;
    assertThat(EventFile.masked("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(expected);
  }

  @Test
  void everyRecordOfTheEventFileHoldsItsLengthAndBothChecksums() throws IOException {
    try (RunLog log = open(0)) {
      log.step(1, Map.of("reward", 0.5));
    }
    List<byte[]> records = records(Files.readAllBytes(eventFile()));
    assertThat(records).hasSize(3);
    assertThat(new String(records.get(0), StandardCharsets.ISO_8859_1)).contains("brain.Event:2");
    assertThat(new String(records.get(2), StandardCharsets.ISO_8859_1)).contains("reward");
  }

  private Path eventFile() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tensorboard"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private static List<byte[]> records(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (buffer.hasRemaining()) {
      byte[] header = new byte[Long.BYTES];
      buffer.get(header);
      assertThat(buffer.getInt()).isEqualTo(EventFile.masked(header));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      buffer.get(data);
      assertThat(buffer.getInt()).isEqualTo(EventFile.masked(data));
      records.add(data);
    }
    return records;
  }

  private RunLog open(long done) throws IOException {
    return RunLog.open(folder, done, 10, new PrintWriter(new StringWriter()));
  }
}
