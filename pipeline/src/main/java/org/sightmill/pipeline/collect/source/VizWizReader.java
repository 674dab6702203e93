package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * VizWiz-VQA: {@code <split>.json} of {@code Annotations.zip}, pictures in {@code <split>/} or
 * {@code <split>.zip}. The gold is what most of the ten annotators say; what they call unanswerable
 * is dropped, as VLAA-Thinking does.
 */
public final class VizWizReader extends OfficialReader {
  static final String LICENSE = "CC BY 4.0";

  private static final Layout LAYOUT =
      Layout.named("vizwiz")
          .option(Layout.SPLIT, Layout.TRAIN_VAL_TEST)
          .images("{split}/{base}", "images/{base}")
          .license(LICENSE);

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    return List.of(options.get(Layout.SPLIT) + ".json");
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return VizWizReader::shape;
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    Shaped shaped =
        Shaped.of(record)
            .put(RawSchema.ID, Marks.stem(record.path("image").asText()))
            .keep(RawSchema.IMAGE, RawSchema.QUESTION)
            .meta("vizwiz_type", record.path("answer_type"));
    if (record.path("answers").isArray()) {
      decide(record, shaped);
    }
    out.accept(shaped);
  }

  private static void decide(ObjectNode record, Shaped shaped) {
    Optional<Votes.Winner> winner = Votes.of(record.path("answers")).winner();
    boolean dropped =
        record.path("answerable").asText().equals("0")
            || record.path("answer_type").asText().equals("unanswerable")
            || winner.filter(found -> Votes.isRefusal(found.answer())).isPresent();
    winner.ifPresent(
        found ->
            shaped
                .put(RawSchema.ANSWER, found.answer())
                .put(RawSchema.ANSWER_TYPE, found.answer().matches("\\d+") ? "digit" : "open")
                .meta("votes", String.valueOf(found.votes())));
    if (dropped) {
      shaped.fault(
          RejectReason.ANSWER_UNANSWERABLE,
          "question '%s'".formatted(Marks.shown(record.path("question").asText())));
    } else if (winner.isEmpty() || winner.get().votes() < 2) {
      shaped.fault(
          RejectReason.ANSWER_DISPUTED,
          "no answer was given twice to '%s'"
              .formatted(Marks.shown(record.path("question").asText())));
    }
  }
}
