package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedImagesTest {
  private static final byte[] FIRST =
      "the first picture, long enough to be no reference at all".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SECOND =
      "another picture, long enough to be no reference either !".getBytes(StandardCharsets.UTF_8);

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static List<BenchmarkRow> cut(String file, int partRows) throws IOException {
    List<ByteArrayOutputStream> parts = new ArrayList<>();
    TsvParts.cut(
        () -> new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
        "file.tsv",
        row -> !row.index().equals("9"),
        partRows,
        number -> {
          parts.add(new ByteArrayOutputStream());
          return parts.get(number);
        });
    List<BenchmarkRow> rows = new ArrayList<>();
    for (ByteArrayOutputStream part : parts) {
      try (TsvReader reader =
          TsvReader.open(new ByteArrayInputStream(part.toByteArray()), "part")) {
        reader.forEachRemaining(rows::add);
      }
    }
    return rows;
  }

  @Test
  void resolvesReferencesForwardsAndBackwardsAcrossParts() throws IOException {
    String file =
        "index\timage\tquestion\n0\t2\tq\n1\t%s\tq\n2\t%s\tq\n9\t1\tq\n3\t1\tq\n4\t77\tq\n"
            .formatted(base64(FIRST), base64(SECOND));
    List<BenchmarkRow> rows = cut(file, 2);
    assertThat(rows).extracting(BenchmarkRow::index).containsExactly("0", "1", "2", "3", "4");
    assertThat(SharedImages.decode(rows.get(0)).orElseThrow()).containsExactly(SECOND);
    assertThat(SharedImages.decode(rows.get(3)).orElseThrow()).containsExactly(FIRST);
    assertThat(SharedImages.decode(rows.get(4))).isEmpty();
  }

  @Test
  void readsListsOfPicturesAndRefusesWhatIsNoBase64() throws IOException {
    String list = "['%s', '%s']".formatted(base64(FIRST), base64(SECOND));
    String file = "index\timage\n0\t%s\n1\t%s\n2\t\n".formatted(list, "=".repeat(70));
    List<BenchmarkRow> rows = cut(file, 10);
    assertThat(SharedImages.decode(rows.get(0)).orElseThrow()).containsExactly(FIRST, SECOND);
    assertThat(SharedImages.decode(rows.get(1))).isEmpty();
    assertThat(SharedImages.decode(rows.get(2))).isEmpty();
  }
}
