package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * ArxivQA: {@code arxivqa.jsonl} and {@code images.tgz}. Options are freed of letters, put together
 * where they were split in the wrong place, and labels of every form become a letter, see {@link
 * LetteredOptions}.
 */
public final class ArxivQaReader extends OfficialReader {
  static final String LICENSE = "CC BY-SA 4.0";

  private static final Layout LAYOUT =
      Layout.named("arxivqa")
          .images("images/{base}")
          .mapped(RawSchema.ANSWER_TYPE, "choice")
          .license(LICENSE)
          .golds(AnswerAs.LETTER);

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    return List.of("arxivqa.jsonl", "arxivqa.json");
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return ArxivQaReader::shape;
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    Shaped shaped =
        Shaped.of(record)
            .set(RawSchema.ID, record.path("id"))
            .set(RawSchema.IMAGE, record.path("image"))
            .set(RawSchema.QUESTION, record.path("question"))
            .set(RawSchema.RATIONALE, record.path("rationale"));
    List<String> given = new ArrayList<>();
    for (JsonNode option : record.path("options")) {
      given.add(option.asText());
    }
    LetteredOptions options = LetteredOptions.of(given);
    if (options.texts().size() < 2) {
      shaped.fault(
          RejectReason.CHOICES_INVALID, "options are fewer than two: " + Marks.shown("" + given));
    } else {
      label(shaped.choices(options.texts()), options, record.path("label").asText(""));
    }
    out.accept(shaped);
  }

  private static void label(Shaped shaped, LetteredOptions options, String label) {
    shaped.put(RawSchema.ANSWER, label);
    if (!label.isBlank()) {
      options
          .letter(label)
          .ifPresentOrElse(
              letter -> shaped.put(RawSchema.ANSWER, letter),
              () ->
                  shaped.fault(
                      RejectReason.ANSWER_NOT_IN_CHOICES,
                      "label '%s' names none of the options %s"
                          .formatted(label, Marks.shown("" + options.texts()))));
    }
  }
}
