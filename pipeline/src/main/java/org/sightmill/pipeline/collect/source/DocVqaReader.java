package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * DocVQA, task 1: {@code spdocvqa_qas/<split>_v1.0_withQT.json} beside {@code spdocvqa_images}, the
 * older folders {@code <split>/documents}, and the Parquet of {@code lmms-lab/DocVQA}. The first of
 * the accepted answers is the gold; all are kept in {@code meta}.
 */
public final class DocVqaReader extends OfficialReader {
  static final String LICENSE = "rrc.cvc.uab.es terms, not redistributable";

  private static final Layout LAYOUT =
      Layout.named("docvqa")
          .recordsIn("data")
          .option(Layout.SPLIT, Layout.TRAIN_VAL_TEST)
          .images("spdocvqa_images/{base}", "{split}/documents/{base}", "{split}/{path}")
          .license(LICENSE);

  /** Everything else that is not plainly a number is text: a date is no fraction. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?%?");

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    String split = options.get(Layout.SPLIT);
    List<String> files =
        new ArrayList<>(List.of(split + "_v1.0_withQT.json", split + "_v1.0.json"));
    files.addAll(Layout.hub("DocVQA", split.equals("val") ? "validation" : split));
    return files;
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return DocVqaReader::shape;
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    JsonNode answer = record.path("answers").path(0);
    Shaped shaped =
        Shaped.of(record)
            .set(RawSchema.ID, either(record, "questionId", "question_id"))
            .keep(RawSchema.IMAGE, RawSchema.QUESTION)
            .set(RawSchema.ANSWER, answer)
            .put(RawSchema.ANSWER_TYPE, isNumber(answer.asText()) ? "digit" : "open")
            .meta("answers", record.path("answers"))
            .meta("question_types", record.path("question_types"))
            .meta("doc_id", either(record, "docId", "doc_id"));
    out.accept(shaped);
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text.strip()).matches();
  }

  private static JsonNode either(ObjectNode record, String name, String other) {
    return record.has(name) ? record.path(name) : record.path(other);
  }
}
