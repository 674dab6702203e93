package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * MATH-V: {@code data/<split>.jsonl} and {@code images/}. A benchmark: for evaluation, tests and
 * decontamination. One file holds all pictures of a question, so tags within a question stay.
 */
public final class MathVisionReader extends OfficialReader {
  private static final Layout LAYOUT =
      Layout.named("math-vision")
          .option(Layout.SPLIT, List.of("test", "testmini"))
          .images("images/{base}")
          .license("MIT");

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    return List.of(options.get(Layout.SPLIT) + ".jsonl");
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return MathVisionReader::shape;
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    out.accept(
        Shaped.of(record)
            .keep(RawSchema.ID, RawSchema.IMAGE, RawSchema.QUESTION, RawSchema.ANSWER)
            .set(RawSchema.CHOICES, record.path("options"))
            .set(RawSchema.RATIONALE, record.path("solution"))
            .meta("level", record.path("level"))
            .meta("subject", record.path("subject")));
  }
}
