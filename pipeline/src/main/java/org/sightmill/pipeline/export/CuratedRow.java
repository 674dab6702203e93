package org.sightmill.pipeline.export;

import java.util.List;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.sample.AnswerType;
import scala.jdk.javaapi.CollectionConverters;

/** A row of {@code 6-curate}, by name. Every value but the id may be null. */
record CuratedRow(Row row) {
  String sampleId() {
    return text("sample_id");
  }

  String question() {
    return text("question");
  }

  String answer() {
    return text("answer");
  }

  String response() {
    return text("response");
  }

  String text(String column) {
    return row.getAs(column);
  }

  AnswerType answerType() {
    String label = text("answer_type");
    return label == null ? null : AnswerType.fromLabel(label).orElse(null);
  }

  /** Null for none. */
  List<String> choices() {
    scala.collection.Seq<String> choices = row.getAs("choices");
    return choices == null ? null : List.copyOf(CollectionConverters.asJava(choices));
  }

  /** The picture as {@code struct<bytes,path>}, in a list; an empty one for no picture. */
  List<Row> images() {
    Row image = row.getAs("image");
    return image == null ? List.of() : List.of(image);
  }
}
