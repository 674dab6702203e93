package org.sightmill.pipeline.quality;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** What of a row decides which others it is compared to. Runs on executors. */
record Sketching(DuplicateQuestions.Answers answers) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Between the parts of a hashed text; in no text. */
  private static final char PART = '\u0000';

  /**
   * {@code sample_id, exact, block, words} of {@code sample_id, picture, question, choices,
   * answer}.
   */
  Row sketch(Row row) {
    String picture = String.valueOf(row.getString(1));
    String text = text(row);
    QuestionText question = QuestionText.of(text);
    String essentials = String.join(" ", question.essentials());
    String answer =
        answers == DuplicateQuestions.Answers.EQUAL && !row.isNullAt(4)
            ? plain(row.getString(4))
            : "";
    return RowFactory.create(
        row.getString(0),
        Shingles.hash(picture + PART + plain(text)),
        Shingles.hash(picture + PART + essentials + PART + answer),
        question.joined());
  }

  /** Options are part of what is asked. */
  private static String text(Row row) {
    String question = row.isNullAt(2) ? "" : row.getString(2);
    if (row.isNullAt(3)) {
      return question;
    }
    scala.collection.Seq<String> choices = row.getAs(3);
    return question + " " + String.join(" ", List.copyOf(CollectionConverters.asJava(choices)));
  }

  /** Without what nobody sees: case, width, spaces. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ")
        .strip();
  }
}
