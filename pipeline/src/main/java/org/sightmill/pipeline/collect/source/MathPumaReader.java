package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.sample.WholeFunction;

/**
 * Math PUMA, stage 2, Synthesis: {@code Synthesis/train.json} (in older releases {@code
 * train.jsonl}) and {@code Synthesis/images.tar.gz}. The solution ends with {@code †Answer:} and
 * the gold; the textual twin of the problem becomes the context. Golds that hold coefficients where
 * a function is asked for are completed from the twin, see {@link WholeFunction}; those that the
 * twin does not complete are marked for the repairer of step 2.
 */
public final class MathPumaReader extends OfficialReader {
  static final String LICENSE = "GPL-3.0";

  private static final Layout LAYOUT =
      Layout.named("math-puma").images("Synthesis/{path}", "images/{base}").license(LICENSE);

  /** Some solutions repeat the mark; the last one stands. */
  private static final Pattern ANSWER =
      Pattern.compile("†\\s*Answer\\s*:\\s*((?:(?!†\\s*Answer).)*?)\\s*\\.?\\s*$", Pattern.DOTALL);

  private static final Pattern MARK = Pattern.compile("\\s*†\\s*Answer\\s*:.*$", Pattern.DOTALL);

  @Override
  Layout layout() {
    return LAYOUT;
  }

  @Override
  List<String> files(Map<String, String> options) {
    return List.of("Synthesis/train.json", "Synthesis/train.jsonl", "train.json", "train.jsonl");
  }

  @Override
  RecordForm form(Map<String, String> options) {
    return MathPumaReader::shape;
  }

  private static void shape(ObjectNode record, Consumer<Shaped> out) {
    String image = record.path("image_url").asText(null);
    String solution = record.path("output").asText("");
    String question = record.path("instruction").asText("");
    String twin = record.path("instruction_2").asText("");
    Shaped shaped =
        Shaped.of(record)
            .put(RawSchema.ID, image == null ? null : Marks.stem(Marks.base(image)))
            .put(RawSchema.IMAGE, image)
            .put(RawSchema.QUESTION, question)
            .put(RawSchema.CONTEXT, twin)
            .put(RawSchema.RATIONALE, MARK.matcher(solution).replaceFirst(""));
    Optional<String> marked = Marks.last(ANSWER, solution).filter(text -> !text.isBlank());
    if (marked.isEmpty()) {
      shaped.fault(
          RejectReason.ANSWER_NOT_MARKED,
          "nothing behind †Answer: in the solution: " + Marks.shown(solution));
    } else {
      answer(shaped, question, twin, marked.get());
    }
    out.accept(shaped);
  }

  private static void answer(Shaped shaped, String question, String twin, String gold) {
    shaped.put(RawSchema.ANSWER, gold);
    if (!WholeFunction.isOnlyCoefficients(question, gold)) {
      return;
    }
    Optional<String> whole = WholeFunction.of(gold, twin);
    if (whole.isPresent()) {
      shaped.put(RawSchema.ANSWER, whole.get()).meta(WholeFunction.AS_GIVEN, gold);
    } else {
      shaped.meta(WholeFunction.INCOMPLETE, "coefficients");
    }
  }
}
