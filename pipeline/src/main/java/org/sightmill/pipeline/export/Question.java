package org.sightmill.pipeline.export;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.sightmill.pipeline.prompt.PolicyPrompt;

/** How a row's question is put, in the forms that trainers want. */
record Question(PolicyPrompt prompt) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where a trainer puts the picture; as many as there are pictures. */
  private static final String IMAGE = "<image>";

  String system() {
    return prompt.system();
  }

  String text(CuratedRow row) {
    return prompt.user(row.question(), row.choices(), row.answerType());
  }

  /** The text behind a place for each picture. */
  String textWithPlace(CuratedRow row) {
    return IMAGE.repeat(row.images().size()) + text(row);
  }

  /** System and user message as {@code struct<role,content>}. */
  List<Row> messages(String user) {
    return List.of(message("system", system()), message("user", user));
  }

  /** The same with the assistant's reply. */
  List<Row> conversation(CuratedRow row, String user) {
    List<Row> all = new ArrayList<>(messages(user));
    all.add(message("assistant", row.response()));
    return all;
  }

  static Row message(String role, String content) {
    return RowFactory.create(role, content);
  }
}
