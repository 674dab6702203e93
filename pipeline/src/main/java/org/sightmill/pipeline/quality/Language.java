package org.sightmill.pipeline.quality;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The languages that are told apart: by their script, and where they are written in Latin letters
 * by their commonest words. Meant to find questions in another language than expected, not to name
 * every language.
 */
enum Language {
  EN("the of and is in to what how are which many this that there on does with for it at from a"),
  DE("der die das und ist wie viele welche was in den von zu mit sind auf nicht ein eine im"),
  FR("le la les des est et quel quelle combien dans un une du que sur il pour avec sont qui"),
  ES("el los las es y cuál qué cuántos en un una del que por con para son está se cómo"),
  IT("il gli è e quale quanti nel un una di che per con sono della le del quanto si dove"),
  PT("o os é e qual quantos em um uma do da que por com para são está na no não"),
  NL("de het en is hoeveel welke wat in een van te met zijn op niet dat voor aan er die"),
  ZH(UnicodeScript.HAN),
  JA(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
  KO(UnicodeScript.HANGUL),
  RU(UnicodeScript.CYRILLIC),
  AR(UnicodeScript.ARABIC),
  HE(UnicodeScript.HEBREW),
  HI(UnicodeScript.DEVANAGARI),
  TH(UnicodeScript.THAI),
  EL(UnicodeScript.GREEK);

  /** Letters of another script, of all, from which a text is in it: formulas use Greek ones. */
  private static final double SCRIPT_SHARE = 0.3;

  /** Common words that one language must have more than any other. */
  private static final int LEAST_LEAD = 1;

  private final Set<String> words;
  private final List<UnicodeScript> scripts;

  Language(String words) {
    this.words = Set.of(words.split(" "));
    this.scripts = List.of();
  }

  Language(UnicodeScript... scripts) {
    this.words = Set.of();
    this.scripts = List.of(scripts);
  }

  /** The two letters. */
  String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** All codes. */
  static SortedSet<String> codes() {
    return Arrays.stream(values())
        .map(Language::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The language of a text; empty where it tells none, or two alike. */
  static Optional<Language> of(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    if (letters == 0) {
      return Optional.empty();
    }
    // Japanese mixes its own scripts with Chinese characters: its own decide.
    for (Language language : List.of(JA, ZH, KO, RU, AR, HE, HI, TH, EL)) {
      if (language.lettersIn(text) >= SCRIPT_SHARE * letters) {
        return Optional.of(language);
      }
    }
    return byWords(QuestionText.of(text).words());
  }

  private long lettersIn(String text) {
    return text.codePoints().filter(c -> scripts.contains(UnicodeScript.of(c))).count();
  }

  private static Optional<Language> byWords(List<String> words) {
    Language best = null;
    long most = 0;
    long second = 0;
    for (Language language : values()) {
      long found = words.stream().filter(language.words::contains).count();
      if (found > most) {
        second = most;
        most = found;
        best = language;
      } else {
        second = Math.max(second, found);
      }
    }
    return most - second >= LEAST_LEAD ? Optional.ofNullable(best) : Optional.empty();
  }
}
