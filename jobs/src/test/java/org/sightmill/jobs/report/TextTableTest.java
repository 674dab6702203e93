package org.sightmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static String printed(TextTable table) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    table.print(writer);
    writer.flush();
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void alignsNumbersToTheRightAndTextsToTheLeft() {
    TextTable table =
        new TextTable().row("source", "rows").row("a", 1_234_567).row("longer name", 8);
    assertThat(printed(table))
        .isEqualTo(
            "  source            rows\n"
                + "  a            1,234,567\n"
                + "  longer name          8\n");
  }

  @Test
  void aColumnWithOneTextIsAColumnOfTexts() {
    TextTable table = new TextTable().row("k", "v").row("a", 5).row("b", "none");
    assertThat(printed(table)).contains("  a  5\n").contains("  b  none\n");
  }

  @Test
  void leavesNoBlanksAtTheEndOfALine() {
    assertThat(printed(new TextTable().row("a", "wide header").row("b", "x")).lines())
        .noneMatch(line -> line.endsWith(" "));
  }
}
