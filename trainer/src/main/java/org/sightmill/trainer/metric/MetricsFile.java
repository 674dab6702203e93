package org.sightmill.trainer.metric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code metrics.jsonl}: one object per step, {@code step} first; NaN and infinity become null. */
final class MetricsFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedWriter writer;

  private MetricsFile(BufferedWriter writer) {
    this.writer = writer;
  }

  /** Goes on behind the lines of steps before {@code firstStep}; later ones are taken back. */
  static MetricsFile open(Path file, long firstStep) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file)) {
      Path kept = file.resolveSibling(file.getFileName() + ".kept");
      Files.write(kept, linesBefore(file, firstStep));
      Files.move(kept, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
    return new MetricsFile(
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  private static List<String> linesBefore(Path file, long firstStep) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (step(line) < firstStep) {
        kept.add(line);
      }
    }
    return kept;
  }

  /** The step of a line; a line that a crash cut short belongs to no step that counts. */
  private static long step(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return node.path("step").asLong(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  void write(long step, Map<String, Double> values) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    values.forEach((name, value) -> line.put(name, Double.isFinite(value) ? value : null));
    writer.write(JSON.writeValueAsString(line));
    writer.newLine();
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
