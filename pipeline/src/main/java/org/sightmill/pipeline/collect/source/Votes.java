package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Annotators' answers, in lower case, counted. Of equally many, those given with more confidence
 * win, then those given first.
 */
final class Votes {
  private static final Set<String> REFUSALS =
      Set.of("unanswerable", "unsuitable", "unsuitable image");

  private final Map<String, Winner> byAnswer = new LinkedHashMap<>();

  private Votes() {}

  /**
   * An answer.
   *
   * @param votes annotators who gave it
   * @param confidence 2 for each who was sure, 1 for each "maybe"
   */
  record Winner(String answer, int votes, int confidence) {}

  /** Counts {@code [{"answer": ..., "answer_confidence": "yes"|"maybe"|"no"}, ...]}. */
  static Votes of(JsonNode answers) {
    Votes votes = new Votes();
    for (JsonNode given : answers) {
      String answer = given.path("answer").asText("").strip().toLowerCase(Locale.ROOT);
      if (!answer.isEmpty()) {
        votes.add(answer, confidence(given.path("answer_confidence").asText()));
      }
    }
    return votes;
  }

  private static int confidence(String text) {
    return switch (text) {
      case "yes" -> 2;
      case "maybe" -> 1;
      default -> 0;
    };
  }

  private void add(String answer, int confidence) {
    byAnswer.merge(
        answer,
        new Winner(answer, 1, confidence),
        (a, b) -> new Winner(answer, a.votes() + b.votes(), a.confidence() + b.confidence()));
  }

  /** The answer with the most votes; empty when nobody answered. */
  Optional<Winner> winner() {
    return byAnswer.values().stream()
        .reduce(
            (a, b) ->
                Comparator.comparingInt(Winner::votes)
                            .thenComparingInt(Winner::confidence)
                            .compare(b, a)
                        > 0
                    ? b
                    : a);
  }

  /** Whether an answer says that there is none. */
  static boolean isRefusal(String answer) {
    return REFUSALS.contains(answer);
  }
}
