package org.sightmill.pipeline.teacher.builtin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.teacher.builtin.Words.Word;

/**
 * The noun phrase around a trigger: "the provided image description".
 *
 * @param picture the picture noun right before the trigger, null when there is none; likewise the
 *     determiner
 * @param adjectives known ones, in order
 * @param before the word before the phrase, null when something other than a word stands there
 */
record Phrase(
    Trigger noun, Word determiner, List<Word> adjectives, Word picture, Word before, int start) {
  private static final int MAX_ADJECTIVES = 5;

  /** Reads leftwards from the trigger, not beyond {@code floor}. */
  static Phrase around(Trigger noun, Words words, int floor) {
    int start = noun.start();
    Optional<Word> word = words.before(start, floor);
    Word picture = word.filter(w -> Lexicon.PICTURES.contains(w.stem())).orElse(null);
    if (picture != null) {
      start = picture.start();
      word = words.before(start, floor);
    }
    Deque<Word> adjectives = new ArrayDeque<>();
    while (adjectives.size() < MAX_ADJECTIVES
        && word.isPresent()
        && Lexicon.isAdjective(word.get().lower())) {
      adjectives.addFirst(word.get());
      start = word.get().start();
      word = words.before(start, floor);
    }
    Word determiner = word.filter(w -> isDeterminer(w.lower())).orElse(null);
    if (determiner != null) {
      start = determiner.start();
      word = words.before(start, floor);
    }
    return new Phrase(noun, determiner, List.copyOf(adjectives), picture, word.orElse(null), start);
  }

  private static boolean isDeterminer(String word) {
    return Lexicon.DEFINITE.contains(word)
        || Lexicon.INDEFINITE.contains(word)
        || Lexicon.OTHER_DETERMINERS.contains(word);
  }

  boolean isDefinite() {
    return determiner != null && Lexicon.DEFINITE.contains(determiner.lower());
  }

  boolean isIndefinite() {
    return determiner != null && Lexicon.INDEFINITE.contains(determiner.lower());
  }

  /** Whether something says that this is the one that came with the question. */
  boolean isMarkedAsGiven() {
    return adjectives.stream()
        .anyMatch(a -> a.lower().equals("given") || a.lower().equals("provided"));
  }

  boolean isBare() {
    return determiner == null && adjectives.isEmpty() && picture == null;
  }

  boolean hasDeterminer(String word) {
    return determiner != null && determiner.lower().equals(word);
  }

  boolean follows(java.util.Set<String> some) {
    return before != null && some.contains(before.lower());
  }
}
