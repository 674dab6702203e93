package org.sightmill.trainer.eval;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes tab-separated rows that pandas reads back as they are: the form in which VLMEvalKit keeps
 * results, which is the benchmark's rows without pictures and with a last column {@code
 * prediction}.
 */
public final class ResultFile {
  /** The added column. */
  public static final String PREDICTION = "prediction";

  private final Writer out;
  private final List<String> columns;

  /** Starts a file of a benchmark with these columns. */
  public ResultFile(Writer out, List<String> benchmarkColumns) throws IOException {
    this.out = out;
    this.columns = new ArrayList<>(benchmarkColumns);
    columns.remove(BenchmarkRow.IMAGE);
    columns.remove(PREDICTION);
    List<String> header = new ArrayList<>(columns);
    header.add(PREDICTION);
    writeCells(out, header);
  }

  /** Adds a row; an item without an answer has an empty prediction, as VLMEvalKit writes it. */
  public void write(BenchmarkRow row, Prediction prediction) throws IOException {
    List<String> cells = new ArrayList<>(columns.stream().map(row::text).toList());
    cells.add(prediction.answered() ? prediction.passedOn() : "");
    writeCells(out, cells);
  }

  /** One line; cells with tabs, quotes or line breaks are quoted. */
  public static void writeCells(Writer out, List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      out.write(i == 0 ? "" : "\t");
      out.write(quoted(cells.get(i)));
    }
    out.write('\n');
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == '\t' || c == '\n' || c == '\r' || c == '"');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
