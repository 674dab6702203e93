package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * VLAA-Thinking as published: {@code VLAA-Thinking-SFT-126K.json}, {@code
 * VLAA-Thinking-GRPO-25K.json} and {@code images/}; also what {@code export --format vlaa} writes.
 * Traces are there, so rows enter at the fourth step. The release has no licence for each record:
 * the sources' own stand in its place.
 */
public final class VlaaReader extends OfficialReader {
  private static final Layout LAYOUT =
      Layout.named("vlaa")
          .option(Layout.SPLIT, List.of("sft", "rl"))
          .images(
              "images/{path}",
              "images/{first}/{base}",
              "images/{base}",
              "{first}-{base}",
              "images/{first}-{base}");

  /** Folders of the release by licence. */
  private static final Map<String, String> LICENSES =
      Map.of(
          "clevr_math", ClevrMathReader.LICENSE,
          "arxivqa", ArxivQaReader.LICENSE,
          "synthesis", MathPumaReader.LICENSE,
          "docvqa", DocVqaReader.LICENSE,
          "vizwiz", VizWizReader.LICENSE,
          "allava_laion", AllavaLaionReader.LICENSE);

  private static final Pattern MARKED =
      Pattern.compile("†\\s*Answer\\s*:\\s*(.*?)\\s*\\.?\\s*$", Pattern.DOTALL);

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    return options.get(Layout.SPLIT).equals("sft")
        ? List.of("VLAA-Thinking-SFT-*.json", "sft.json")
        : List.of("VLAA-Thinking-GRPO-*.json", "rl.json");
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return VlaaReader::shape;
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    JsonNode meta = record.path("meta");
    String image = record.path("image").asText("").replaceFirst("^/+", "");
    String folder = image.indexOf('/') < 0 ? "" : image.substring(0, image.indexOf('/'));
    Shaped shaped =
        Shaped.of(record)
            .keep(RawSchema.ID)
            .put(RawSchema.IMAGE, image)
            .set(RawSchema.COMPLETION, record.path("ds_answer"))
            .keep(RawSchema.CAPTION)
            .set(RawSchema.CONTEXT, first(meta, "text_question", "context"))
            .set(RawSchema.RATIONALE, meta.path("rationale"))
            .set(RawSchema.META, meta)
            .set(RawSchema.ANSWER_TYPE, meta.path("answer_type"))
            .set(RawSchema.ANSWER, record.path("gt"));
    asked(shaped, record.path("question").asText(""), meta.path("choices"));
    Marks.last(MARKED, record.path("gt").asText(""))
        .ifPresent(gold -> shaped.put(RawSchema.ANSWER, gold));
    if (meta.path("answer_type").asText().equals("box")) {
      // Only an export of ours says the type, and its boxes are fractions.
      shaped.put(RawSchema.BOX_SCALE, "unit");
    }
    String license = meta.path("license").asText(LICENSES.get(folder));
    if (license != null) {
      shaped.put(RawSchema.LICENSE, license);
    }
    out.accept(shaped);
  }

  private static void asked(Shaped shaped, String question, JsonNode choices) {
    Optional<EmbeddedChoices.Separated> separated = EmbeddedChoices.separate(question);
    if (separated.isPresent() && !choices.isArray()) {
      shaped.put(RawSchema.QUESTION, separated.get().question()).choices(separated.get().choices());
    } else {
      shaped.put(
          RawSchema.QUESTION, separated.map(EmbeddedChoices.Separated::question).orElse(question));
      shaped.set(RawSchema.CHOICES, choices);
    }
  }

  private static JsonNode first(JsonNode meta, String name, String other) {
    return meta.has(name) ? meta.path(name) : meta.path(other);
  }
}
