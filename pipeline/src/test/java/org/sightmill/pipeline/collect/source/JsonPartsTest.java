package org.sightmill.pipeline.collect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in parts holds the same records, with the same numbers, as in one piece. */
final class JsonPartsTest {
  private static final String[] BITS = {
    "\"a\\\\\"",
    "\"\\\"]},{[\"",
    "[1,[2,3],{\"k\":\",\"}]",
    "{}",
    "null",
    "{\"é\":\"\\\\\\\"\"}",
    "-3.5"
  };

  @TempDir Path folder;
  private final Configuration hadoop = new Configuration();

  @Test
  void partsOfAnySizeHoldWhatTheFileHolds() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 12; i++) {
      boolean keyed = i % 2 == 0;
      String records = records(random, keyed, 3 + random.nextInt(12));
      String text =
          i < 3
              ? records
              : "{\"info\": {\"n\": [1, \"]\"]}, \"data\" : " + records + ", \"z\": [7, 8]}";
      assertSame(text, i < 6 ? null : "data", List.of(1, 7, 40));
    }
  }

  @Test
  void aFileThatIsCutOffIsToldOnce() throws IOException {
    String text = "[{\"a\": 1}, {\"b\": [1, 2, \"x";
    for (int bytes = 1; bytes < text.length(); bytes++) {
      assertThat(inParts(text, null, bytes))
          .containsExactly("1 {\"a\": 1}", "2 !record 2: the file ends within it");
    }
  }

  private static String records(Random random, boolean keyed, int count) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = BITS[random.nextInt(BITS.length)];
      String record = "{\"v\": " + value + ", \"w\": [" + value + "]}";
      records.add(keyed ? "\"k" + i + "\": " + record : record);
    }
    String all = String.join(random.nextBoolean() ? ", " : "\n,", records);
    return keyed ? "{" + all + "}" : "[" + all + "]";
  }

  private void assertSame(String text, String records, List<Integer> sizes) throws IOException {
    List<String> whole = inParts(text, records, text.length() * 2);
    assertThat(whole).hasSizeGreaterThan(2).noneMatch(shown -> shown.contains("!"));
    for (int size : sizes) {
      assertThat(inParts(text, records, size)).as("parts of %d bytes", size).isEqualTo(whole);
    }
  }

  private List<String> inParts(String text, String records, long partBytes) throws IOException {
    Path file = folder.resolve("f.json");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    List<FileStatus> files = InputFiles.list(file.toString(), hadoop);
    List<String> shown = new ArrayList<>();
    for (JsonPart part : parts(files, records, partBytes)) {
      try (JsonElements elements = JsonElements.of(JsonParts.open(part, hadoop), part)) {
        for (Optional<JsonElements.Element> found = elements.read();
            found.isPresent();
            found = elements.read()) {
          shown.add(shown(found.get()));
        }
      }
    }
    return shown;
  }

  private List<JsonPart> parts(List<FileStatus> files, String records, long partBytes) {
    return new JsonParts(hadoop, records, this::scans).of(files, partBytes);
  }

  private List<Map<JsonState, JsonScan>> scans(List<JsonPart> stretches) {
    List<Map<JsonState, JsonScan>> scans = new ArrayList<>();
    for (JsonPart stretch : stretches) {
      try {
        scans.add(JsonParts.scan(stretch, hadoop));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return scans;
  }

  private static String shown(JsonElements.Element element) {
    String value = new String(element.bytes(), StandardCharsets.UTF_8);
    return element.number() + " " + (element.problem() == null ? value : "!" + element.problem());
  }
}
