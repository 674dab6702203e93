package org.sightmill.pipeline.teacher.builtin;

import java.util.Set;

/** Decides whether a noun phrase means the caption, description or rationale that was given. */
final class ReferenceRules {
  private static final Set<String> DETERMINERS = Set.of("the", "this", "that", "a", "an", "it");
  private static final Set<String> AND_OR = Set.of("and", "or");

  /** Prepositions behind which a noun without article is still the given one. */
  private static final Set<String> SOURCES = Set.of("from", "per", "to", "on", "in", "by");

  private final Words words;
  private final Surroundings surroundings;

  ReferenceRules(Words words, Surroundings surroundings) {
    this.words = words;
    this.surroundings = surroundings;
  }

  boolean isReference(Phrase phrase) {
    if (isPartOfIdentifier(phrase.noun()) || isOwned(phrase)) {
      return false;
    }
    return switch (phrase.noun().kind()) {
      case CAPTION -> isCaption(phrase);
      case DESCRIPTION -> isDescription(phrase);
      case RATIONALE -> isRationale(phrase);
    };
  }

  /** caption.json, alt=caption, path/caption, closed-caption, {@code <caption>}. */
  private boolean isPartOfIdentifier(Trigger noun) {
    char behind = words.at(noun.end());
    char second = words.at(noun.end() + 1);
    return ".\\@#=<:-/&".indexOf(words.at(noun.start() - 1)) >= 0
        || "=>(\\".indexOf(behind) >= 0
        || (".:".indexOf(behind) >= 0 && Character.isLowerCase(second));
  }

  private static boolean isOwned(Phrase phrase) {
    return phrase.determiner() != null && !phrase.isDefinite() && !phrase.isIndefinite();
  }

  private boolean isCaption(Phrase phrase) {
    Trigger noun = phrase.noun();
    if (surroundings.isPlacedInPicture(noun)) {
      return false;
    }
    if (surroundings.depicted(noun).isPresent()) {
      return !phrase.follows(Lexicon.EXISTENCE);
    }
    if (surroundings.belongsElsewhere(noun) && !phrase.isMarkedAsGiven()) {
      return surroundings.isFollowedBy(noun.end(), Set.of("in", "from", "within"));
    }
    if (phrase.isIndefinite()) {
      return !phrase.follows(Lexicon.EXISTENCE);
    }
    return !phrase.isBare() || isBareCaption(phrase);
  }

  private boolean isBareCaption(Phrase phrase) {
    int end = phrase.noun().end();
    if (words.at(end) == '-' && Character.isLetter(words.at(end + 1))) {
      return true;
    }
    if (phrase.before() == null) {
      return surroundings.isHeading(phrase) || surroundings.isFollowedBySpeech(end);
    }
    if (phrase.follows(Lexicon.BEFORE_VERB) && surroundings.isFollowedBy(end, DETERMINERS)) {
      return false;
    }
    if (phrase.follows(SOURCES) || phrase.follows(AND_OR)) {
      return true;
    }
    return !phrase.follows(Lexicon.CAPTION_GENRES)
        && words
            .before(phrase.before().start(), 0)
            .filter(word -> Lexicon.DEFINITE.contains(word.lower()))
            .isPresent();
  }

  private boolean isDescription(Phrase phrase) {
    Trigger noun = phrase.noun();
    if (surroundings.depicted(noun).isPresent()) {
      return phrase.determiner() != null || phrase.isMarkedAsGiven() || isFromSource(phrase);
    }
    if (surroundings.belongsElsewhere(noun)) {
      return false;
    }
    if (phrase.picture() != null || phrase.isMarkedAsGiven()) {
      return true;
    }
    if (phrase.isIndefinite()) {
      return false;
    }
    return phrase.isDefinite() ? isTheGiven(phrase) : isFromSource(phrase) || isSubject(phrase);
  }

  private boolean isRationale(Phrase phrase) {
    if (phrase.isMarkedAsGiven() || surroundings.depicted(phrase.noun()).isPresent()) {
      return phrase.isDefinite() || phrase.isMarkedAsGiven();
    }
    boolean ordinary =
        surroundings.isFollowedBy(phrase.noun().end(), Lexicon.ORDINARY_RATIONALE)
            || surroundings.belongsElsewhere(phrase.noun())
            || phrase.hasDeterminer("your");
    return !ordinary && (phrase.isDefinite() ? isTheGiven(phrase) : isFromSource(phrase));
  }

  /** "This description" most often takes up what was just said; "in this description" does not. */
  private boolean isTheGiven(Phrase phrase) {
    boolean pointing = phrase.hasDeterminer("this") || phrase.hasDeterminer("that");
    return !pointing
        || surroundings.isFollowedBySpeech(phrase.noun().end())
        || phrase.follows(Lexicon.PREPOSITIONS);
  }

  /** "According to description", "based on rationale", "per description". */
  private boolean isFromSource(Phrase phrase) {
    if (!phrase.isBare() || phrase.before() == null) {
      return false;
    }
    String before = phrase.before().lower();
    String second = words.before(phrase.before().start(), 0).map(Words.Word::lower).orElse("");
    return before.equals("per")
        || before.equals("from")
        || (before.equals("to") && second.equals("according"))
        || (before.equals("on") && second.equals("based"));
  }

  private boolean isSubject(Phrase phrase) {
    return phrase.isBare()
        && phrase.before() == null
        && (surroundings.isHeading(phrase) || surroundings.isFollowedBySpeech(phrase.noun().end()));
  }
}
