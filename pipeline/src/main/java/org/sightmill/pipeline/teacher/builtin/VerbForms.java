package org.sightmill.pipeline.teacher.builtin;

import java.util.Optional;
import org.sightmill.pipeline.teacher.builtin.Lexicon.Verb;
import org.sightmill.pipeline.teacher.builtin.Words.Word;

/** Fits the verb behind a replaced subject: an image shows what a text says. */
final class VerbForms {
  /** What the subject became. */
  enum Subject {
    SINGULAR,
    PLURAL,
    /** Two subjects became one, so that a plural verb becomes singular. */
    ONE_OF_TWO,
    /** "The description of the bars says" became "the bars show". */
    PLURAL_FOR_SINGULAR,
    /** The finite verb stands before the subject: "does the caption mention". */
    ASKED
  }

  private static final int MAX_ADVERBS = 4;

  private final Words words;
  private final Edits edits;

  VerbForms(Words words, Edits edits) {
    this.words = words;
    this.edits = edits;
  }

  /** Fits the verb of the subject that ends at {@code end}, if one follows. */
  void agree(int end, Subject subject) {
    Optional<Word> word = words.after(end);
    Verb form =
        subject == Subject.SINGULAR || subject == Subject.ONE_OF_TWO ? Verb.FINITE : Verb.BASE;
    boolean finiteSeen = subject == Subject.ASKED;
    for (int i = 0; i < MAX_ADVERBS && word.isPresent(); i++) {
      String lower = word.get().lower();
      if (!isAuxiliary(lower)) {
        fit(word.get(), form, finiteSeen ? Subject.SINGULAR : subject);
        return;
      }
      if (!finiteSeen && !Lexicon.isAdverb(lower)) {
        singularise(word.get(), subject);
        finiteSeen = true;
        form = Lexicon.PERFECT.contains(lower) ? Verb.PARTICIPLE : Verb.BASE;
      }
      word = words.after(word.get().end());
    }
  }

  private static boolean isAuxiliary(String word) {
    return Lexicon.MODALS.contains(word)
        || Lexicon.PERFECT.contains(word)
        || Lexicon.isAdverb(word);
  }

  private void fit(Word verb, Verb form, Subject subject) {
    Verb here = form == Verb.FINITE && isParticiple(verb) ? Verb.PARTICIPLE : form;
    Optional<String> shown = Lexicon.shown(verb.lower(), here);
    if (shown.isPresent()) {
      boolean plural = subject == Subject.PLURAL_FOR_SINGULAR && shown.get().equals("shows");
      edits.replace(verb.start(), verb.end(), plural ? "show" : shown.get());
    } else {
      singularise(verb, subject);
    }
  }

  private void singularise(Word verb, Subject subject) {
    if (subject == Subject.ONE_OF_TWO) {
      Lexicon.singular(verb.lower())
          .ifPresent(singular -> edits.replace(verb.start(), verb.end(), singular));
    }
  }

  /** "The caption mentioned above" has no verb: what was mentioned is the caption. */
  private boolean isParticiple(Word verb) {
    return words
        .after(verb.end())
        .filter(w -> Lexicon.AFTER_PARTICIPLE.contains(w.lower()))
        .isPresent();
  }
}
