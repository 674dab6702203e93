package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * Conversations in LLaVA's form: {@code [{"from": "human", "value": ...}, {"from": "gpt", ...}]}.
 */
final class Turns {
  static final String FIELD = "conversations";

  private static final Pattern IMAGE_TAG = Pattern.compile("^\\s*<image>\\s*|\\s*<image>\\s*$");

  private Turns() {}

  /** What a person said, without the tag for the picture, and the reply. */
  record Turn(int number, String question, String reply) {}

  /** Whether the record is of this form, be there turns or none. */
  static boolean has(ObjectNode record) {
    return record.has(FIELD);
  }

  /** Each pair of a person's words and a reply; words without a reply make no pair. */
  static List<Turn> of(ObjectNode record) {
    List<Turn> turns = new ArrayList<>();
    String asked = null;
    for (JsonNode said : record.path(FIELD)) {
      String from = said.path("from").asText();
      if (from.equals("human") || from.equals("user")) {
        asked = IMAGE_TAG.matcher(said.path("value").asText()).replaceAll("").strip();
      } else if (asked != null && (from.equals("gpt") || from.equals("assistant"))) {
        turns.add(new Turn(turns.size() + 1, asked, said.path("value").asText().strip()));
        asked = null;
      }
    }
    return turns;
  }

  /** The first pair; where there is none, the record goes out with that fault. */
  static void first(ObjectNode record, Consumer<Shaped> out, Consumer<Turn> found) {
    List<Turn> turns = of(record);
    if (turns.isEmpty()) {
      out.accept(withoutPair(record));
    } else {
      found.accept(turns.get(0));
    }
  }

  /** A record without a pair. */
  static Shaped withoutPair(ObjectNode record) {
    return Shaped.of(record)
        .put(RawSchema.ID, record.path("id").asText(null))
        .fault(RejectReason.FIELD_MISSING, FIELD + " holds no question of a person with its reply");
  }
}
