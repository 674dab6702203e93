package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TsvReaderTest {
  private static List<BenchmarkRow> rows(String text) {
    List<BenchmarkRow> rows = new ArrayList<>();
    try (TsvReader reader = open(text)) {
      reader.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static TsvReader open(String text) {
    return TsvReader.open(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "file.tsv");
  }

  @Test
  void readsLineBreaksTabsAndDoubledQuotesInQuotes() {
    List<BenchmarkRow> rows =
        rows("index\tquestion\n0\t\"a\tb\n\"\"c\"\"\r\nd\"\n1\tplain \"q\"\n");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).text("question")).isEqualTo("a\tb\n\"c\"\r\nd");
    assertThat(rows.get(1).text("question")).isEqualTo("plain \"q\"");
  }

  @Test
  void readsWhatPandasCallsMissingAsNull() {
    BenchmarkRow row = rows("index\ta\tb\tc\td\n0\t\tnan\tNone\tNA \n").get(0);
    assertThat(row.cell("a")).isEmpty();
    assertThat(row.cell("b")).isEmpty();
    assertThat(row.cell("c")).isEmpty();
    assertThat(row.cell("d")).contains("NA ");
  }

  @Test
  void skipsBlankLinesAndTheByteOrderMarkAndFillsShortLines() {
    List<BenchmarkRow> rows = rows("\uFEFFindex\ta\r\n\r\n0\tx\r\n\n  \n1\n");
    assertThat(rows).extracting(BenchmarkRow::index).containsExactly("0", "1");
    assertThat(rows.get(1).cell("a")).isEmpty();
  }

  @Test
  void readsACellOfSeveralMegabytes() {
    String large = "x".repeat(6_000_000);
    assertThat(rows("index\timage\n0\t" + large + "\n").get(0).text("image")).isEqualTo(large);
  }

  @Test
  void namesFileAndLineOfWhatIsWrong() {
    assertThatThrownBy(() -> rows("index\ta\n0\tb\tc\n"))
        .isInstanceOf(BenchmarkFormatException.class)
        .hasMessage("file.tsv, line 2: 3 cells for 2 columns");
    assertThatThrownBy(() -> rows("index\ta\n0\t\"b\n"))
        .hasMessage("file.tsv: the quote opened in line 2 is never closed");
    assertThatThrownBy(() -> rows("a\tb\n"))
        .hasMessage("file.tsv has no column index; it has a, b");
    assertThatThrownBy(() -> rows("")).hasMessage("file.tsv is empty: it needs a header line");
  }

  @Test
  void readsBackWhatTheResultFileWrites() throws IOException {
    Random random = new Random(7);
    String[] pieces = {"a", "\t", "\n", "\"", "\r\n", "é", "𝒳", " ", "''"};
    for (int round = 0; round < 300; round++) {
      StringBuilder question = new StringBuilder("q");
      for (int i = random.nextInt(12); i > 0; i--) {
        question.append(pieces[random.nextInt(pieces.length)]);
      }
      StringWriter out = new StringWriter();
      BenchmarkRow row = rows("index\tquestion\timage\n5\tx\ty\n").get(0);
      BenchmarkRow asked =
          new BenchmarkRow("5", java.util.Map.of("index", "5", "question", question.toString()));
      new ResultFile(out, List.copyOf(row.cells().keySet()))
          .write(asked, Prediction.said("5", question.toString()));
      BenchmarkRow read = rows(out.toString()).get(0);
      assertThat(read.text("question")).isEqualTo(question.toString());
      assertThat(read.text("prediction")).isEqualTo(question.toString());
      assertThat(read.cells()).doesNotContainKey("image");
    }
  }
}
