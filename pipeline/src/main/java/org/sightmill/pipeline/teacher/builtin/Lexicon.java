package org.sightmill.pipeline.teacher.builtin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The closed word lists behind the reference rules, all in lower case. */
final class Lexicon {
  /** Articles and pronouns that point at one given thing. */
  static final Set<String> DEFINITE =
      Set.of("the", "this", "that", "these", "those", "your", "said");

  static final Set<String> INDEFINITE = Set.of("a", "an");

  /** Before these an owner, a negation or a choice among many makes the noun an ordinary one. */
  static final Set<String> OTHER_DETERMINERS =
      Set.of(
          "its", "his", "her", "their", "my", "our", "no", "each", "every", "any", "another",
          "some", "one", "whose", "which", "what", "without", "more");

  /** What a picture is called. */
  static final Set<String> PICTURES =
      Set.of(
          "image",
          "picture",
          "photo",
          "photograph",
          "figure",
          "scene",
          "diagram",
          "chart",
          "graph",
          "plot",
          "drawing",
          "illustration",
          "screenshot",
          "sketch",
          "images",
          "pictures",
          "photos",
          "figures",
          "charts",
          "diagrams",
          "graphs",
          "scenes");

  /** What a picture has, as in "the description of the left panel". */
  static final Set<String> PARTS =
      Set.of(
          "panel",
          "panels",
          "axis",
          "axes",
          "subplot",
          "subplots",
          "object",
          "objects",
          "shape",
          "shapes",
          "scene",
          "background",
          "foreground",
          "layout",
          "legend",
          "curve",
          "curves",
          "bar",
          "bars",
          "cells",
          "table");

  /** Adjectives that stay before the image. */
  static final Set<String> KEPT_ADJECTIVES =
      Set.of(
          "given",
          "provided",
          "above",
          "following",
          "original",
          "initial",
          "same",
          "current",
          "accompanying",
          "associated",
          "corresponding",
          "supplied",
          "attached",
          "input",
          "full",
          "entire",
          "whole",
          "user's",
          "first",
          "second");

  /** Adjectives that say how it was worded, which an image is not. */
  static final Set<String> DROPPED_ADJECTIVES =
      Set.of(
          "textual",
          "text",
          "written",
          "verbal",
          "visual",
          "detailed",
          "structured",
          "brief",
          "short",
          "long",
          "lengthy",
          "worded",
          "vague",
          "exact",
          "actual");

  /** Captions that are not of a still picture. */
  static final Set<String> CAPTION_GENRES =
      Set.of("closed", "video", "movie", "film", "youtube", "news", "meme", "song", "live", "open");

  /** Words behind which "a caption" is one that a picture has or a person writes. */
  static final Set<String> EXISTENCE =
      Set.of(
          "is",
          "are",
          "was",
          "were",
          "has",
          "have",
          "had",
          "with",
          "add",
          "adds",
          "write",
          "writes",
          "writing",
          "adding",
          "need",
          "needs",
          "contains",
          "contain",
          "include",
          "includes",
          "be",
          "there's",
          "choose",
          "find",
          "as",
          "like");

  /** Words that make "caption" a verb when a determiner follows. */
  static final Set<String> BEFORE_VERB =
      Set.of("to", "can", "could", "would", "will", "should", "i", "we", "you", "they", "please");

  /** Words that place a caption inside or beside its picture, as printed text. */
  static final Set<String> PLACES =
      Set.of(
          "in",
          "inside",
          "within",
          "on",
          "below",
          "under",
          "underneath",
          "beneath",
          "at",
          "beside",
          "above");

  static final Set<String> PREPOSITIONS =
      Set.of("in", "from", "per", "to", "on", "by", "with", "of", "within", "for", "via");

  /** Behind a preposition, what the noun belongs to when it is not the given one. */
  static final Set<String> TASK_NOUNS =
      Set.of(
          "question",
          "problem",
          "option",
          "options",
          "choice",
          "choices",
          "statement",
          "answer",
          "task",
          "exercise");

  /** Behind "the rationale", words of the ordinary noun. */
  static final Set<String> ORDINARY_RATIONALE =
      Set.of("for", "behind", "of", "to", "why", "here", "is", "was", "being", "that", "would");

  static final Set<String> GIVING =
      Set.of(
          "give", "gives", "gave", "provide", "provides", "provided", "offer", "offers", "offered");

  static final Set<String> PARTICIPLES =
      Set.of("described", "stated", "mentioned", "noted", "said", "written", "explained");

  static final Set<String> AFTER_PARTICIPLE =
      Set.of("above", "earlier", "before", "previously", "in", "here", "by", "at");

  static final Set<String> PERFECT = Set.of("has", "have", "had", "hasn't", "haven't", "hadn't");

  static final Set<String> MODALS =
      Set.of(
          "does",
          "do",
          "did",
          "doesn't",
          "don't",
          "didn't",
          "can",
          "could",
          "may",
          "might",
          "must",
          "should",
          "would",
          "will",
          "can't",
          "cannot",
          "couldn't",
          "wouldn't",
          "won't");

  private static final Set<String> ADVERBS =
      Set.of("not", "never", "also", "only", "just", "then", "already", "further", "even", "both");

  private static final Map<String, String> SHOWS =
      Map.of(
          "says",
          "shows",
          "states",
          "shows",
          "mentions",
          "shows",
          "describes",
          "shows",
          "notes",
          "shows",
          "explains",
          "shows",
          "tells",
          "shows");

  private static final Set<String> SAY =
      Set.of("say", "state", "mention", "describe", "note", "explain", "tell");

  private static final Set<String> SAID =
      Set.of("said", "stated", "mentioned", "described", "noted", "explained", "told");

  private static final Set<String> SAYING =
      Set.of("saying", "stating", "mentioning", "describing", "noting", "explaining", "telling");

  private static final Map<String, String> SINGULAR =
      Map.ofEntries(
          Map.entry("are", "is"),
          Map.entry("were", "was"),
          Map.entry("have", "has"),
          Map.entry("do", "does"),
          Map.entry("don't", "doesn't"),
          Map.entry("aren't", "isn't"),
          Map.entry("weren't", "wasn't"),
          Map.entry("haven't", "hasn't"));

  private static final Set<String> PLAIN_VERBS =
      Set.of(
          "show",
          "indicate",
          "suggest",
          "give",
          "provide",
          "confirm",
          "agree",
          "depict",
          "contain",
          "make",
          "point",
          "look",
          "seem",
          "refer",
          "include",
          "list",
          "specify",
          "support",
          "lead",
          "mean",
          "help",
          "need",
          "leave",
          "appear",
          "represent");

  private Lexicon() {}

  /** An image shows where a text says; empty when the verb may stay. */
  static Optional<String> shown(String verb, Verb form) {
    if (SHOWS.containsKey(verb)) {
      return Optional.of("shows");
    }
    if (SAYING.contains(verb)) {
      return Optional.of("showing");
    }
    if (SAID.contains(verb)) {
      return Optional.of(form == Verb.PARTICIPLE ? "shown" : "showed");
    }
    return SAY.contains(verb) && form == Verb.BASE ? Optional.of("show") : Optional.empty();
  }

  /** How a verb stands to its subject. */
  enum Verb {
    FINITE,
    BASE,
    PARTICIPLE
  }

  /** The singular of a plural verb; empty when it is none. */
  static Optional<String> singular(String verb) {
    if (SAY.contains(verb)) {
      return Optional.of("shows");
    }
    if (PLAIN_VERBS.contains(verb)) {
      return Optional.of(verb + "s");
    }
    return Optional.ofNullable(SINGULAR.get(verb));
  }

  static boolean isSpeech(String verb) {
    return SHOWS.containsKey(verb)
        || SAY.contains(verb)
        || SAID.contains(verb)
        || SAYING.contains(verb);
  }

  static boolean isAdverb(String word) {
    return ADVERBS.contains(word) || (word.length() > 4 && word.endsWith("ly"));
  }

  static boolean isAdjective(String word) {
    return KEPT_ADJECTIVES.contains(word) || DROPPED_ADJECTIVES.contains(word);
  }
}
