package org.sightmill.jobs.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.step.Outcome;

/** Records as collect would map them, for a person who writes a mapping. */
public final class Preview {
  private static final List<String> FIELDS =
      List.of(
          "sample_id",
          "question",
          "choices",
          "answer",
          "answer_type",
          "image_path",
          "width",
          "height",
          "context",
          "rationale",
          "caption");

  private final PrintWriter out;

  /** A preview that prints to {@code out}. */
  public Preview(PrintWriter out) {
    this.out = out;
  }

  /** Prints rows that have the columns of {@link Outcome}, rejects with their reason. */
  public void print(List<Row> rows) {
    rows.forEach(this::print);
    long rejected = rows.stream().filter(row -> row.getAs(Outcome.CODE) != null).count();
    out.printf("%d records, %d of them rejected; nothing was written%n", rows.size(), rejected);
  }

  private void print(Row row) {
    String code = row.getAs(Outcome.CODE);
    out.println(code == null ? "ok" : "rejected " + code + ": " + row.getAs(Outcome.DETAIL));
    List<String> columns = Stream.of(row.schema().fieldNames()).toList();
    for (String field : FIELDS) {
      if (columns.contains(field) && row.getAs(field) != null) {
        Object value = row.getAs(field);
        out.printf("  %-12s %s%n", field, Texts.shortened(String.valueOf(value)));
      }
    }
  }
}
