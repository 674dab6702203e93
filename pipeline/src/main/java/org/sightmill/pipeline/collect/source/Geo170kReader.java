package org.sightmill.pipeline.collect.source;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * Geo170K, as G-LLaVA uses it ({@code qa_tuning.json}; split {@code test}: {@code
 * test_questions.jsonl} with {@code test_answers.jsonl}) and as LLaVA-OneVision distributes it
 * ({@code geo170k(qa)}, Parquet). Options stand in the question; the letter is read from the reply
 * by G-LLaVA's own rules, in their order.
 */
public final class Geo170kReader extends OfficialReader {
  private static final Layout LAYOUT =
      Layout.named("geo170k")
          .option(Layout.SPLIT, List.of("train", "test"))
          .images("images/{path}", "playground/data/images/{path}")
          .mapped(RawSchema.ANSWER_TYPE, "choice")
          .golds(AnswerAs.LETTER);
  private static final Pattern INSTRUCTION =
      Pattern.compile(
          "^\\s*First perform reasoning, then finally select .*?Answer:\\s*xxx\\.?\\s*",
          Pattern.DOTALL);
  private static final Pattern QUESTION = Pattern.compile("^\\s*Question:\\s*");

  /** Options that follow one another on one line. */
  private static final Pattern INLINE = Pattern.compile("[ \\t]+(?=[A-D][:.)]\\s*\\S)");

  private static final List<Pattern> LETTERS =
      List.of(
          Pattern.compile("Answer:\\s*([A-D])\\b"),
          Pattern.compile("the correct answer is option ([A-D])\\b"),
          Pattern.compile("option ([A-D]) is selected"),
          Pattern.compile("the answer is option ([A-D])\\b"),
          Pattern.compile("the answer is \\(([A-D])\\)"),
          Pattern.compile("\\bis ([A-D])\\s*\\.?\\s*$"));

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    if (!options.get(Layout.SPLIT).equals("train")) {
      return List.of("test_questions.jsonl", "test_question.jsonl");
    }
    List<String> files = new ArrayList<>(List.of("qa_tuning.json"));
    files.addAll(Layout.hub("geo170k(qa)", "train"));
    return files;
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return Geo170kReader::shape;
  }

  @Override
  Optional<Partner> partner(Map<String, String> options) {
    return options.get(Layout.SPLIT).equals("train")
        ? Optional.empty()
        : Optional.of(
            new Partner(
                List.of("test_answers.jsonl", "test_answer.jsonl"),
                null,
                (record, out) ->
                    out.accept(
                        Shaped.of(record)
                            .set(RawSchema.ID, record.path("question_id"))
                            .set(RawSchema.ANSWER, record.path("text"))),
                col(RawSchema.ID),
                Partner.Presence.REQUIRED));
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    if (record.has("question_id")) {
      String id = record.path("question_id").asText();
      out.accept(
          asked(Shaped.of(record), record.path("text").asText())
              .put(RawSchema.ID, id)
              .set(RawSchema.IMAGE, record.path("image"))
              .put(RawSchema.ANSWER, ""));
      return;
    }
    Turns.first(record, out, turn -> out.accept(answered(named(record), turn)));
  }

  private static Shaped named(ObjectNode record) {
    if (record.path("image").isObject()) {
      return OneVision.shaped(record);
    }
    String image = record.path("image").asText();
    return Shaped.of(record)
        .put(RawSchema.ID, Marks.stem(image).replace('/', '-'))
        .put(RawSchema.IMAGE, image);
  }

  private static Shaped answered(Shaped shaped, Turns.Turn turn) {
    asked(shaped, turn.question()).put(RawSchema.RATIONALE, turn.reply());
    Optional<String> letter = letter(turn.reply());
    return letter.isPresent()
        ? shaped.put(RawSchema.ANSWER, letter.get())
        : shaped.fault(
            RejectReason.ANSWER_NOT_MARKED,
            "the reply names no option: " + Marks.shown(turn.reply()));
  }

  private static Shaped asked(Shaped shaped, String text) {
    String bare = INSTRUCTION.matcher(text).replaceFirst("");
    String question = QUESTION.matcher(bare).replaceFirst("").strip();
    Optional<EmbeddedChoices.Separated> separated =
        EmbeddedChoices.separate(question)
            .or(() -> EmbeddedChoices.separate(INLINE.matcher(question).replaceAll("\n")));
    separated.ifPresent(parts -> shaped.choices(parts.choices()));
    return shaped.put(
        RawSchema.QUESTION, separated.map(EmbeddedChoices.Separated::question).orElse(question));
  }

  /** The letter by the first rule that finds one. */
  static Optional<String> letter(String reply) {
    return LETTERS.stream()
        .map(rule -> Marks.last(rule, reply))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
