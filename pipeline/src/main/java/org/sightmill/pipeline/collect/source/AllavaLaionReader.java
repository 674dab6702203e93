package org.sightmill.pipeline.collect.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.substring_index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * ALLaVA-4V's LAION part: {@code ALLaVA-Instruct-LAION-4V.json} for question and answer, joined by
 * picture with {@code ALLaVA-Caption-LAION-4V.json}, whose caption stands in place of a captioner's
 * (as in VLAA-Thinking). Pictures in {@code allava_laion/images} or {@code
 * image_chunks/images_*.zip}.
 */
public final class AllavaLaionReader extends OfficialReader {
  static final String LICENSE = "Apache-2.0 (texts); pictures from LAION: no rights given";

  private static final Layout LAYOUT =
      Layout.named("allava-laion")
          .images("images/{base}", "allava_laion/images/{base}")
          .mapped(RawSchema.ANSWER_TYPE, "open")
          .license(LICENSE);

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    return List.of("ALLaVA-Instruct-LAION-4V.json");
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return AllavaLaionReader::shape;
  }

  @Override
  Optional<Partner> partner(Map<String, String> options) {
    return Optional.of(
        new Partner(
            List.of("ALLaVA-Caption-LAION-4V.json"),
            null,
            AllavaLaionReader::shapeCaption,
            substring_index(col(RawSchema.IMAGE), "/", -1),
            Partner.Presence.REQUIRED));
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    Turns.first(
        record,
        out,
        turn ->
            out.accept(
                Shaped.of(record)
                    .put(RawSchema.ID, record.path("id").asText().replace("_inst_", "_"))
                    .keep(RawSchema.IMAGE)
                    .put(RawSchema.QUESTION, turn.question())
                    .put(RawSchema.ANSWER, turn.reply())
                    .meta("url", record.path("url"))));
  }

  private static void shapeCaption(ObjectNode record, Consumer<Shaped> out) {
    Turns.first(
        record,
        out,
        turn ->
            out.accept(
                Shaped.of(record)
                    .put(RawSchema.ID, Marks.base(record.path("image").asText()))
                    .put(RawSchema.CAPTION, turn.reply())));
  }
}
