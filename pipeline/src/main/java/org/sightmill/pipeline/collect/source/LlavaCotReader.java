package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * LLaVA-CoT-100k: {@code train.jsonl}; the option {@code part} takes its COCO or its Visual Genome
 * records. Every turn of a conversation is a question. The tagged sections become caption,
 * reasoning and answer, so that a row enters at the fourth step, as in VLAA-Thinking. Boxes are
 * fractions of the picture; boxes in pixels, which some records have, are told apart by their
 * numbers.
 */
public final class LlavaCotReader extends OfficialReader {
  /** Which pictures: {@code coco}, {@code vg} or {@code all}. */
  static final String PART = "part";

  private static final Layout LAYOUT =
      Layout.named("llava-cot")
          .option(PART, List.of("all", "coco", "vg"))
          .images("images/{path}", "image/{path}");
  private static final String NUMBER = "\\s*(\\d*\\.?\\d+)\\s*";
  private static final Pattern BOX =
      Pattern.compile("\\[" + NUMBER + "," + NUMBER + "," + NUMBER + "," + NUMBER + "]");
  private static final Pattern ASKS_BOX =
      Pattern.compile("bounding box|coordinates? of|\\bbbox\\b", Pattern.CASE_INSENSITIVE);

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    return List.of("train.jsonl", "train.json");
  }

  @Override
  RecordForm form(Map<String, String> options) {
    String part = options.get(PART);
    String folder = part.equals("all") ? "" : part + "/";
    return (record, out) -> {
      if (record.path("image").asText("").startsWith(folder)) {
        shape(record, out);
      }
    };
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    List<Turns.Turn> turns = Turns.of(record);
    if (turns.isEmpty()) {
      out.accept(Turns.withoutPair(record));
    }
    String caption = null;
    for (Turns.Turn turn : turns) {
      Optional<String> own = section("CAPTION", turn.reply());
      caption = own.orElse(caption);
      out.accept(shaped(record, turn, caption));
    }
  }

  private static Shaped shaped(ObjectNode record, Turns.Turn turn, String caption) {
    String id = record.path("id").asText();
    Shaped shaped =
        Shaped.of(record)
            .part(turn.number())
            .put(RawSchema.ID, turn.number() == 1 ? id : id + "-turn" + turn.number())
            .set(RawSchema.IMAGE, record.path("image"))
            .put(RawSchema.QUESTION, turn.question())
            .put(RawSchema.CAPTION, caption);
    Optional<String> conclusion = section("CONCLUSION", turn.reply());
    Optional<String> reasoning = section("REASONING", turn.reply());
    if (conclusion.isEmpty() || reasoning.isEmpty()) {
      return shaped.fault(
          RejectReason.ANSWER_NOT_MARKED,
          "turn %d has no whole %s: %s"
              .formatted(
                  turn.number(),
                  conclusion.isEmpty() ? "<CONCLUSION>" : "<REASONING>",
                  Marks.shown(turn.reply())));
    }
    shaped.put(RawSchema.REASONING, reasoning.get()).put(RawSchema.REPLY, conclusion.get());
    return gold(shaped, turn.question(), conclusion.get());
  }

  private static Shaped gold(Shaped shaped, String question, String conclusion) {
    Matcher box = BOX.matcher(conclusion);
    boolean alone = box.find() && conclusion.replace(box.group(), "").matches("[\\s.]*");
    if (!alone && !ASKS_BOX.matcher(question).find()) {
      return shaped.put(RawSchema.ANSWER, conclusion);
    }
    if (!box.reset().find()) {
      return shaped.fault(
          RejectReason.BOX_INVALID,
          "a box is asked for, and the conclusion has none: " + Marks.shown(conclusion));
    }
    boolean unit = true;
    for (int i = 1; i <= 4; i++) {
      unit &= Double.parseDouble(box.group(i)) <= 1;
    }
    if (!unit) {
      // The reply stays in pixels, and would be graded as fractions: a reasoner answers anew.
      shaped.set(RawSchema.RATIONALE, shaped.fields().path(RawSchema.REASONING));
      shaped.put(RawSchema.REASONING, null).put(RawSchema.REPLY, null);
    }
    return shaped
        .put(RawSchema.ANSWER, box.group())
        .put(RawSchema.ANSWER_TYPE, "box")
        .put(RawSchema.BOX_SCALE, unit ? "unit" : "pixel");
  }

  /** What stands between a section's tags. */
  static Optional<String> section(String tag, String reply) {
    Pattern pattern =
        Pattern.compile(
            "<%s>(.*?)</%s>".formatted(tag, tag), Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    return Marks.last(pattern, reply).filter(text -> !text.isBlank());
  }
}
