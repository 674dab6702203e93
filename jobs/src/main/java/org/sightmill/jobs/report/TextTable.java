package org.sightmill.jobs.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for a terminal: numbers to the right, texts to the left. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  /** One row of cells; the first is the header. */
  TextTable row(Object... cells) {
    rows.add(Arrays.stream(cells).map(TextTable::text).toArray(String[]::new));
    return this;
  }

  private static String text(Object cell) {
    return cell instanceof Number number
        ? "%,d".formatted(number.longValue())
        : String.valueOf(cell);
  }

  void print(PrintWriter out) {
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    rows.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length())));
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(GAP);
      for (int i = 0; i < columns; i++) {
        String padding = " ".repeat(widths[i] - row[i].length());
        line.append(isNumeric(i) ? padding + row[i] : row[i] + padding).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row[column].matches("[0-9,.\\-]*"));
  }
}
