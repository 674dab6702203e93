package org.sightmill.pipeline.collect.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.substring_index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * CLEVR-Math, as its author distributes it ({@code clevr-math-<split>.json} beside {@code
 * CLEVR_v1.0}) and as LLaVA-OneVision does ({@code CLEVR-Math(MathV360K)}, Parquet). The scenes of
 * CLEVR, where they are there, become the context: what VLAA-Thinking calls the scene's synthesis
 * instructions.
 */
public final class ClevrMathReader extends OfficialReader {
  static final String LICENSE = "CC BY-SA 4.0 (questions), CC BY 4.0 (pictures)";

  private static final Layout LAYOUT =
      Layout.named("clevr-math")
          .recordsIn("questions")
          .option(Layout.SPLIT, Layout.TRAIN_VAL_TEST)
          .images("CLEVR_v1.0/images/{split}/{base}", "images/{split}/{base}", "images/{base}")
          .mapped(RawSchema.ANSWER_TYPE, "digit")
          .license(LICENSE);
  private static final Pattern HINT =
      Pattern.compile("^\\s*Hint:.*?\\n\\s*Question:\\s*", Pattern.DOTALL);
  private static final Pattern ANSWER =
      Pattern.compile(
          "(?:^|answer is:?|Answer:)\\s*(-?\\d+)\\s*\\.?\\s*$", Pattern.CASE_INSENSITIVE);

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    String split = options.get(Layout.SPLIT);
    List<String> files = new ArrayList<>(List.of("clevr-math-%s.json".formatted(split)));
    files.addAll(Layout.hub("CLEVR-Math(MathV360K)", split));
    return files;
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return ClevrMathReader::shape;
  }

  @Override
  Optional<Partner> partner(Map<String, String> options) {
    return Optional.of(
        new Partner(
            List.of("CLEVR_%s_scenes.json".formatted(options.get(Layout.SPLIT))),
            "scenes",
            ClevrMathReader::shapeScene,
            substring_index(col(RawSchema.IMAGE), "/", -1),
            Partner.Presence.OPTIONAL));
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    if (Turns.has(record)) {
      Turns.first(record, out, turn -> out.accept(oneVision(record, turn)));
      return;
    }
    String image = record.path("image_filename").asText();
    String template = Marks.stem(record.path("template_filename").asText());
    out.accept(
        Shaped.of(record)
            .put(RawSchema.ID, image + "-" + record.path("question_index").asText())
            .put(RawSchema.IMAGE, image)
            .keep(RawSchema.QUESTION, RawSchema.ANSWER)
            .meta("template", template));
  }

  private static Shaped oneVision(ObjectNode record, Turns.Turn turn) {
    Shaped shaped =
        OneVision.shaped(record)
            .put(RawSchema.QUESTION, HINT.matcher(turn.question()).replaceFirst(""));
    Optional<String> answer = Marks.last(ANSWER, turn.reply());
    return answer.isPresent()
        ? shaped.put(RawSchema.ANSWER, answer.get())
        : shaped.fault(
            RejectReason.ANSWER_NOT_MARKED,
            "the reply does not end in a number: " + Marks.shown(turn.reply()));
  }

  private static void shapeScene(ObjectNode scene, Consumer<Shaped> out) {
    out.accept(
        Shaped.of(scene)
            .set(RawSchema.ID, scene.path("image_filename"))
            .put(RawSchema.CONTEXT, described(scene.path("objects"))));
  }

  /** The sentence that VLAA-Thinking makes of a scene. */
  static String described(JsonNode objects) {
    List<String> things = new ArrayList<>();
    for (JsonNode object : objects) {
      things.add(
          "a %s %s %s %s"
              .formatted(
                  object.path("size").asText(),
                  object.path("color").asText(),
                  object.path("material").asText(),
                  object.path("shape").asText()));
    }
    return "There %s %s in the image."
        .formatted(things.size() == 1 ? "is" : "are", String.join(", ", things));
  }
}
