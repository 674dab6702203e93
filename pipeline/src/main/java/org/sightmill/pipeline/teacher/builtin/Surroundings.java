package org.sightmill.pipeline.teacher.builtin;

import java.util.Optional;
import java.util.Set;
import org.sightmill.pipeline.teacher.builtin.Words.Word;

/** What stands behind a noun phrase. */
final class Surroundings {
  /** A picture, a part of one, or another trigger: where it starts and where its noun ends. */
  record Depicted(int start, int end, Word noun) {}

  private static final int MAX_WORDS = 4;
  private static final Set<String> OF = Set.of("of", "for");
  private static final Set<String> OF_GIVEN = Set.of("of", "for", "in", "from", "within");
  private static final Set<String> SIDES = Set.of("bottom", "top", "left", "right", "side", "end");

  private final String text;
  private final Words words;

  Surroundings(String text, Words words) {
    this.text = text;
    this.words = words;
  }

  /** What "the description of the chart" describes, or what "the description in the caption" is. */
  Optional<Depicted> depicted(Trigger noun) {
    Optional<Word> link = words.after(noun.end());
    if (link.isEmpty() || !OF_GIVEN.contains(link.get().lower())) {
      return Optional.empty();
    }
    boolean pictureCounts = OF.contains(link.get().lower());
    return firstWithin(link.get()).filter(found -> isTrigger(found.noun()) || pictureCounts);
  }

  /** Whether the noun belongs to something else: "of the job", "in option B". */
  boolean belongsElsewhere(Trigger noun) {
    Optional<Word> link = words.after(noun.end());
    if (link.isEmpty()) {
      return false;
    }
    return link.get().lower().equals("of")
        || (link.get().lower().equals("for") && noun.kind() != Trigger.Kind.CAPTION)
        || (OF_GIVEN.contains(link.get().lower()) && reaches(link.get(), Lexicon.TASK_NOUNS));
  }

  /** Whether a place in or beside the picture follows: printed text. */
  boolean isPlacedInPicture(Trigger noun) {
    Optional<Word> link = words.after(noun.end());
    return link.isPresent()
        && Lexicon.PLACES.contains(link.get().lower())
        && (reaches(link.get(), Lexicon.PICTURES)
            || reaches(link.get(), Lexicon.PARTS)
            || reaches(link.get(), SIDES));
  }

  boolean isFollowedBy(int end, Set<String> some) {
    return words.after(end).filter(word -> some.contains(word.lower())).isPresent();
  }

  boolean isFollowedBySpeech(int end) {
    return words.after(end).filter(word -> Lexicon.isSpeech(word.lower())).isPresent();
  }

  /** Whether a line starts with the noun and a colon. */
  boolean isHeading(Phrase phrase) {
    int end = phrase.noun().end();
    return words.startsLine(phrase.start())
        && (words.at(end) == ':' || text.startsWith("**:", end));
  }

  private boolean reaches(Word link, Set<String> some) {
    Word word = link;
    for (int i = 0; i < MAX_WORDS; i++) {
      Optional<Word> next = words.after(word.end());
      if (next.isEmpty()) {
        return false;
      }
      word = next.get();
      if (some.contains(word.stem())) {
        return true;
      }
    }
    return false;
  }

  private Optional<Depicted> firstWithin(Word link) {
    Word word = link;
    int start = -1;
    for (int i = 0; i < MAX_WORDS; i++) {
      Optional<Word> next = words.after(word.end());
      if (next.isEmpty() || isBoundary(next.get().lower())) {
        return Optional.empty();
      }
      word = next.get();
      start = start < 0 ? word.start() : start;
      if (isDepicted(word)) {
        return Optional.of(new Depicted(start, word.end(), word));
      }
    }
    return Optional.empty();
  }

  private boolean isDepicted(Word word) {
    return Lexicon.PICTURES.contains(word.lower())
        || Lexicon.PARTS.contains(word.lower())
        || isTrigger(word);
  }

  boolean isTrigger(Word word) {
    return Trigger.at(text, word.start()).isPresent();
  }

  private static boolean isBoundary(String word) {
    return Lexicon.PREPOSITIONS.contains(word)
        || Lexicon.TASK_NOUNS.contains(word)
        || Lexicon.isSpeech(word)
        || word.equals("and")
        || word.equals("or");
  }
}
