package org.sightmill.jobs.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;
import org.sightmill.trainer.eval.Query;

/**
 * A row of {@code 6-curate} as a model is asked it.
 *
 * @param response what the data set answers; empty when it has none
 * @param choices the options, or null
 */
record SampleQuery(Query query, String response, AnswerType type, String gold, Choices choices) {

  /** The columns that are read. */
  static final List<String> COLUMNS =
      List.of("sample_id", "image", "question", "choices", "answer", "answer_type", "response");

  /** The query of a row; empty when it has no picture, no question or no known answer type. */
  static Optional<SampleQuery> of(Row row, String system) {
    Row image = row.getAs("image");
    byte[] bytes = image == null ? null : image.getAs("bytes");
    String question = row.getAs("question");
    String label = row.getAs("answer_type");
    Optional<AnswerType> type = label == null ? Optional.empty() : AnswerType.fromLabel(label);
    if (bytes == null || question == null || type.isEmpty()) {
      return Optional.empty();
    }
    List<String> options = options(row);
    Query query =
        new Query(
            row.getAs("sample_id"),
            Optional.of(system),
            List.of(bytes),
            question + lettered(options));
    return Optional.of(
        new SampleQuery(
            query,
            text(row, "response"),
            type.get(),
            text(row, "answer"),
            options.isEmpty() ? null : new Choices(options)));
  }

  private static List<String> options(Row row) {
    int field = row.fieldIndex("choices");
    return row.isNullAt(field) ? List.of() : row.getList(field);
  }

  private static String lettered(List<String> options) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      lines.add("\n" + Choices.letter(i) + ": " + options.get(i));
    }
    return String.join("", lines);
  }

  private static String text(Row row, String column) {
    String text = row.getAs(column);
    return text == null ? "" : text;
  }
}
