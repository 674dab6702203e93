package org.sightmill.pipeline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.StepReport;

/** One bad row of each kind among good ones: every one ends with its reason, and counts add up. */
final class WithstandIT {
  @TempDir Path root;

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private int goodRows;

  @Test
  void everyFaultIsARejectWithItsReasonAndTheRestGoesOn() throws Exception {
    write();
    CollectRun run =
        CollectRun.of(
            root.resolve("out"),
            SourceConfig.of("mine", "generic", root.resolve("items.jsonl").toString()));

    StepReport report = run.run();

    Map<String, String> reasons = run.reasons();
    assertThat(reasons.values())
        .extracting(reason -> reason.substring(0, reason.indexOf(':')))
        .containsExactlyInAnyOrder(
            "IMAGE_MISSING",
            "IMAGE_EMPTY",
            "IMAGE_TRUNCATED",
            "IMAGE_TRUNCATED",
            "IMAGE_NOT_AN_IMAGE",
            "IMAGE_UNSUPPORTED",
            "IMAGE_UNSUPPORTED",
            "IMAGE_TOO_LARGE",
            "RECORD_NOT_UTF8",
            "RECORD_UNREADABLE",
            "RECORD_DUPLICATE",
            "QUESTION_EMPTY",
            "ANSWER_NOT_IN_CHOICES",
            "BOX_OUTSIDE_IMAGE",
            "FIELD_TOO_LONG",
            "FIELD_MISSING",
            "FIELD_WRONG_TYPE");
    assertThat(reasons)
        .containsEntry(
            "mine-bomb",
            "IMAGE_TOO_LARGE: items.jsonl:13: 60000 x 60000 pixels, and max_image_pixels is"
                + " 67108864")
        .containsEntry(
            "mine-cmyk",
            "IMAGE_UNSUPPORTED: items.jsonl:6: JPEG with 4 components (CMYK has 4) is not read;"
                + " convert it to 8-bit RGB or grey");
    assertThat(reasons.get("mine-box"))
        .startsWith("BOX_OUTSIDE_IMAGE: items.jsonl:21: box [10, 10, 90, 20] (PIXEL)");
    assertThat(report.counts()).isEqualTo(new Counts(goodRows + 17, 0, goodRows, 17, 0));
    assertGood(run.byId());
  }

  private static void assertGood(Map<String, Row> rows) {
    assertThat(rows)
        .containsKeys(
            "mine-good", "mine-grey", "mine-palette", "mine-alpha", "mine-deep", "mine-twin");
    assertThat(rows.get("mine-megabyte").<String>getAs("context")).hasSize(1 << 20);
    // The second record with this id differs, so it keeps its content under an id of its own.
    assertThat(rows.get("mine-twin-17").<String>getAs("answer")).isEqualTo("5");
  }

  private void write() throws Exception {
    good("good", TestPictures.png(64, 48)); // line 1
    line(record("missing", "nowhere.png", "4"));
    bad("empty", new byte[0]);
    bad("cut-jpeg", TestPictures.cut(TestPictures.jpeg(64, 48), 500));
    bad("text", "not a picture".getBytes(StandardCharsets.UTF_8));
    bad("cmyk", TestPictures.cmykJpeg(16, 16)); // line 6
    good("grey", drawn(BufferedImage.TYPE_BYTE_GRAY, "jpg"));
    good("palette", drawn(BufferedImage.TYPE_BYTE_INDEXED, "png"));
    good("alpha", drawn(BufferedImage.TYPE_INT_ARGB, "png"));
    bad("animated", TestPictures.animatedGif());
    good("deep", TestPictures.deepPng(16, 16));
    bad("cut-png", TestPictures.cut(TestPictures.png(64, 48), 120));
    bad("bomb", TestPictures.pngClaiming(60_000, 60_000)); // line 13
    notUtf8();
    line("{\"id\": \"broken\", \"question\": \"How");
    good("twin", TestPictures.png(8, 8)); // line 16
    line(record("twin", "twin.png", "5")); // line 17: the id again, another answer
    goodRows++;
    line(record("good", "good.png", "4")); // line 18: the whole record again
    line("{\"id\":\"mute\",\"image\":\"good.png\",\"question\":\"  \",\"answer\":\"4\"}");
    line(
        "{\"id\":\"letter\",\"image\":\"good.png\",\"question\":\"?\",\"choices\":[\"a\",\"b\"],"
            + "\"answer\":\"D\"}");
    line(
        "{\"id\":\"box\",\"image\":\"good.png\",\"question\":\"Where?\","
            + "\"answer\":\"[10, 10, 90, 20]\",\"answer_type\":\"bbox\"}"); // line 21
    line(recordWithContext("megabyte", "x".repeat(1 << 20)));
    goodRows++;
    line(recordWithContext("longer", "x".repeat((1 << 20) + 1)));
    line("{\"id\":\"silent\",\"image\":\"good.png\",\"question\":\"How many?\"}");
    line(
        "{\"id\":\"odd\",\"image\":\"good.png\",\"question\":{\"text\":\"How many?\"},"
            + "\"answer\":\"4\"}");
    Files.write(root.resolve("items.jsonl"), lines.toByteArray());
  }

  private static byte[] drawn(int type, String format) {
    return TestPictures.encoded(TestPictures.drawn(32, 32, type), format);
  }

  private void good(String id, byte[] picture) throws Exception {
    bad(id, picture);
    goodRows++;
  }

  private void bad(String id, byte[] picture) throws Exception {
    Files.write(root.resolve(id + ".png"), picture);
    line(record(id, id + ".png", "4"));
  }

  private void notUtf8() {
    lines.writeBytes("{\"id\": \"latin\", \"question\": \"caf".getBytes(StandardCharsets.UTF_8));
    lines.write(0xE9);
    lines.writeBytes("?\"}\n".getBytes(StandardCharsets.UTF_8));
  }

  private static String record(String id, String image, String answer) {
    return "{\"id\":\"%s\",\"image\":\"%s\",\"question\":\"How many?\",\"answer\":\"%s\"}"
        .formatted(id, image, answer);
  }

  private static String recordWithContext(String id, String context) {
    return record(id, "good.png", "4").replace("}", ",\"context\":\"" + context + "\"}");
  }

  private void line(String text) {
    lines.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    lines.write('\n');
  }
}
