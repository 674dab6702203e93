package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * PuzzleVQA as its repository lays it out: {@code data/<puzzle>.json}, one object a line in spite
 * of the name, and pictures in {@code data/images/<puzzle>/}. {@code path} is the {@code data}
 * folder, one above it, or one of its files. The caption becomes the context, explanation and
 * deduction the rationale.
 */
public final class PuzzleVqaReader extends OfficialReader {
  private static final Layout LAYOUT =
      Layout.named("puzzlevqa")
          .images("data/{path}")
          .mapped(RawSchema.RATIONALE, "{explanation} {deduction}")
          .mapped(RawSchema.ANSWER_TYPE, "choice")
          .license("MIT")
          .golds(AnswerAs.TEXT);

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    return List.of("*.json");
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return PuzzleVqaReader::shape;
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    out.accept(
        Shaped.of(record)
            .put(RawSchema.ID, Marks.base(Marks.stem(record.path("image").asText())))
            .keep(RawSchema.IMAGE, RawSchema.QUESTION, RawSchema.ANSWER)
            .set(RawSchema.CHOICES, record.path("options"))
            .set(RawSchema.CONTEXT, record.path("caption")));
  }
}
