package org.sightmill.pipeline.teacher.builtin;

import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import org.sightmill.pipeline.teacher.builtin.Surroundings.Depicted;
import org.sightmill.pipeline.teacher.builtin.Words.Word;

/** One pass over one text. */
final class ReferenceRewriter {
  private static final int MAX_SENTENCE_CHARS = 500;
  private static final Set<String> AND_OR = Set.of("and", "or");
  private static final Set<String> ITS = Set.of("its", "their");
  private static final Set<String> IN = Set.of("in", "of", "from", "by", "within");

  /** Of these, what is in them is in the picture itself. */
  private static final Set<String> WHOLE_PICTURES =
      Set.of("image", "picture", "photo", "photograph");

  private final String text;
  private final BitSet locked;
  private final Words words;
  private final Surroundings surroundings;
  private final ReferenceRules rules;
  private final Edits edits;
  private final VerbForms verbs;

  ReferenceRewriter(String text) {
    this.text = text;
    this.locked = ProtectedText.of(text);
    this.words = new Words(text, locked);
    this.surroundings = new Surroundings(text, words);
    this.rules = new ReferenceRules(words, surroundings);
    this.edits = new Edits(text);
    this.verbs = new VerbForms(words, edits);
  }

  String rewritten() {
    Optional<Trigger> trigger = Trigger.next(text, 0);
    while (trigger.isPresent()) {
      int end = trigger.get().end();
      int from = locked.get(trigger.get().start()) ? end : Math.max(end, visit(trigger.get()));
      trigger = Trigger.next(text, from);
    }
    return edits.applied();
  }

  /** Returns where to go on. */
  private int visit(Trigger noun) {
    Phrase phrase = Phrase.around(noun, words, edits.end());
    if (joinsPicture(phrase) || isAttachedToPicture(noun)) {
      return 0;
    }
    if (isViewOfReference(phrase)) {
      edits.replace(noun.start(), noun.end(), noun.plural() ? "views" : "view");
      return noun.end();
    }
    return rules.isReference(phrase) ? rewrite(phrase) : 0;
  }

  /** "The image and its caption", "the image described in the caption": the image alone. */
  private boolean joinsPicture(Phrase phrase) {
    boolean mine = phrase.isBare() || (phrase.determiner() != null && !phrase.isIndefinite());
    boolean owned = phrase.determiner() != null && ITS.contains(phrase.determiner().lower());
    if (!mine || phrase.before() == null || isPossessive(phrase.noun())) {
      return false;
    }
    Optional<Word> first = words.before(phrase.before().start(), edits.end());
    boolean and = phrase.follows(AND_OR);
    boolean in = phrase.follows(IN) && !owned && rules.isReference(phrase);
    if (in && first.isPresent() && Lexicon.PARTICIPLES.contains(first.get().lower())) {
      first = words.before(first.get().start(), edits.end());
    }
    Set<String> pictures = and ? Lexicon.PICTURES : in ? WHOLE_PICTURES : Set.of();
    if (first.isEmpty() || !pictures.contains(first.get().lower())) {
      return false;
    }
    if (and && !owned && !rules.isReference(phrase)) {
      return false;
    }
    int end = endWithDepicted(phrase.noun());
    edits.drop(first.get().end(), end);
    verbs.agree(end, and ? VerbForms.Subject.ONE_OF_TWO : VerbForms.Subject.SINGULAR);
    return true;
  }

  /** "The image-caption pair", "image/caption". */
  private boolean isAttachedToPicture(Trigger noun) {
    char mark = words.at(noun.start() - 1);
    if (mark != '-' && mark != '/') {
      return false;
    }
    // The joint is no white space, so the word before it ends right there.
    int end = noun.start() - 1;
    int start = end;
    while (start > edits.end() && Character.isLetter(words.at(start - 1))) {
      start--;
    }
    boolean picture =
        start < end
            && Lexicon.PICTURES.contains(
                text.substring(start, end).toLowerCase(java.util.Locale.ROOT));
    if (picture) {
      edits.drop(end, noun.end());
    }
    return picture;
  }

  /** "The image gives a detailed description of it": a picture gives a view. */
  private boolean isViewOfReference(Phrase phrase) {
    boolean given = phrase.isIndefinite() && phrase.follows(Lexicon.GIVING);
    boolean owned =
        phrase.determiner() != null
            && ITS.contains(phrase.determiner().lower())
            && surroundings.isFollowedBy(phrase.noun().end(), Set.of("of"));
    return phrase.noun().kind() == Trigger.Kind.DESCRIPTION
        && (given || owned)
        && isInSentenceOfLastEdit(phrase.start());
  }

  private boolean isInSentenceOfLastEdit(int position) {
    if (edits.end() == 0 || position - edits.end() > MAX_SENTENCE_CHARS) {
      return false;
    }
    for (int i = edits.end(); i < position; i++) {
      if (".!?\n".indexOf(text.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private int rewrite(Phrase phrase) {
    Optional<Depicted> depicted =
        isPossessive(phrase.noun()) ? Optional.empty() : surroundings.depicted(phrase.noun());
    if (depicted.isPresent()) {
      return leaveDepicted(phrase, depicted.get());
    }
    Optional<Word> next = words.after(behindPossessive(phrase.noun()));
    if (next.isPresent() && surroundings.isTrigger(next.get())) {
      // "The caption description": the next round sees one noun.
      edits.drop(phrase.noun().start(), next.get().start());
      return next.get().start();
    }
    showIn(phrase);
    fitDeterminer(phrase);
    dropAdjectives(phrase);
    nameImage(phrase);
    int end = dropCoordinated(phrase.noun().end());
    boolean collapsed = end > phrase.noun().end();
    if (!isPossessive(phrase.noun())) {
      verbs.agree(end, subject(phrase, collapsed));
    }
    return end;
  }

  private VerbForms.Subject subject(Phrase phrase, boolean collapsed) {
    if (phrase.noun().plural()) {
      return VerbForms.Subject.PLURAL;
    }
    if (phrase.follows(Lexicon.MODALS)) {
      return VerbForms.Subject.ASKED;
    }
    return collapsed ? VerbForms.Subject.ONE_OF_TWO : VerbForms.Subject.SINGULAR;
  }

  /** "The description of the chart" is the chart. */
  private int leaveDepicted(Phrase phrase, Depicted depicted) {
    edits.drop(phrase.start(), depicted.start());
    if (surroundings.isTrigger(depicted.noun())) {
      return depicted.start();
    }
    boolean plural =
        depicted.noun().lower().endsWith("s") && !depicted.noun().lower().endsWith("xis");
    verbs.agree(
        depicted.end(),
        plural ? VerbForms.Subject.PLURAL_FOR_SINGULAR : VerbForms.Subject.SINGULAR);
    return depicted.end();
  }

  /** "Described in the caption" becomes "shown in the image". */
  private void showIn(Phrase phrase) {
    if (!phrase.follows(IN) || phrase.follows(Set.of("of"))) {
      return;
    }
    Optional<Word> verb = words.before(phrase.before().start(), edits.end());
    if (verb.isPresent() && Lexicon.PARTICIPLES.contains(verb.get().lower())) {
      edits.replace(verb.get().start(), verb.get().end(), "shown");
      edits.replace(phrase.before().start(), phrase.before().end(), "in");
    }
  }

  private void fitDeterminer(Phrase phrase) {
    if (phrase.hasDeterminer("your")) {
      edits.replace(phrase.determiner().start(), phrase.determiner().end(), "the");
    } else if (phrase.isIndefinite() && !phrase.determiner().lower().equals(article(phrase))) {
      edits.replace(phrase.determiner().start(), phrase.determiner().end(), article(phrase));
    }
  }

  private static String article(Phrase phrase) {
    String next =
        phrase.adjectives().stream()
            .map(Word::lower)
            .filter(Lexicon.KEPT_ADJECTIVES::contains)
            .findFirst()
            .orElse(phrase.picture() == null ? "image" : phrase.picture().lower());
    return "aeio".indexOf(next.charAt(0)) >= 0 ? "an" : "a";
  }

  private void dropAdjectives(Phrase phrase) {
    for (Word adjective : phrase.adjectives()) {
      if (Lexicon.DROPPED_ADJECTIVES.contains(adjective.lower())) {
        edits.drop(adjective.start(), endWithGap(adjective.end()));
      }
    }
  }

  private int endWithGap(int end) {
    int result = end;
    while (Character.isWhitespace(words.at(result)) && result < text.length()) {
      result++;
    }
    return result;
  }

  private void nameImage(Phrase phrase) {
    Trigger noun = phrase.noun();
    if (phrase.picture() != null) {
      Word picture = phrase.picture();
      String plural = noun.plural() && !picture.stem().endsWith("s") ? "s" : "";
      edits.put(picture.start() + picture.stem().length(), noun.end(), plural);
      return;
    }
    Optional<Word> next = words.after(behindPossessive(noun));
    if (next.isPresent() && Lexicon.PICTURES.contains(next.get().lower())) {
      edits.drop(noun.start(), next.get().start());
      return;
    }
    String image = noun.plural() ? "images" : "image";
    edits.replace(noun.start(), noun.end(), needsArticle(phrase) ? "the " + image : image);
  }

  /** A bare noun is a mass of text; an image is one thing. */
  private boolean needsArticle(Phrase phrase) {
    boolean behindPreposition = phrase.follows(Lexicon.PREPOSITIONS);
    boolean subject = phrase.before() == null && !surroundings.isHeading(phrase);
    return phrase.isBare()
        && words.at(phrase.noun().end()) != '-'
        && (behindPreposition || subject);
  }

  /** Drops "and the description" behind "the caption"; returns where the whole ends. */
  private int dropCoordinated(int end) {
    int second = coordinatedEnd(end);
    if (second > end) {
      edits.drop(end, second);
    }
    return second;
  }

  private int coordinatedEnd(int end) {
    if (words.at(end) == '/') {
      return Trigger.at(text, end + 1).map(Trigger::end).orElse(end);
    }
    Optional<Word> and = words.after(end).filter(word -> AND_OR.contains(word.lower()));
    Optional<Word> word = and.flatMap(w -> words.after(w.end()));
    while (word.isPresent() && isBeforeNoun(word.get().lower())) {
      word = words.after(word.get().end());
    }
    if (word.isEmpty() || locked.get(word.get().start())) {
      return end;
    }
    return pairedEnd(word.get(), end);
  }

  private int pairedEnd(Word word, int otherwise) {
    Optional<Trigger> noun = Trigger.at(text, word.start());
    if (noun.isPresent() && !isPossessive(noun.get())) {
      return endWithDepicted(noun.get());
    }
    return WHOLE_PICTURES.contains(word.lower()) ? pictureOrNounEnd(word) : otherwise;
  }

  /** "The image" or "the image description". */
  private int pictureOrNounEnd(Word picture) {
    Optional<Word> next = words.after(picture.end()).filter(surroundings::isTrigger);
    return next.map(Word::end).orElse(picture.end());
  }

  private static boolean isBeforeNoun(String word) {
    return Lexicon.DEFINITE.contains(word) || ITS.contains(word) || Lexicon.isAdjective(word);
  }

  private int endWithDepicted(Trigger noun) {
    return surroundings
        .depicted(noun)
        .filter(depicted -> Lexicon.PICTURES.contains(depicted.noun().lower()))
        .map(Depicted::end)
        .orElse(noun.end());
  }

  private boolean isPossessive(Trigger noun) {
    return behindPossessive(noun) > noun.end();
  }

  private int behindPossessive(Trigger noun) {
    char mark = words.at(noun.end());
    boolean apostrophe = mark == '\'' || mark == '\u2019';
    if (!apostrophe) {
      return noun.end();
    }
    return words.at(noun.end() + 1) == 's' ? noun.end() + 2 : noun.end() + (noun.plural() ? 1 : 0);
  }
}
