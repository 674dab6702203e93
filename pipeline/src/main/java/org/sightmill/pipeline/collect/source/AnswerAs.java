package org.sightmill.pipeline.collect.source;

/** How a source names the right option of a multiple choice question. */
public enum AnswerAs {
  /** A letter or the option's text; both, naming different options, is a reject. */
  AUTO,
  /** A letter: {@code B}, {@code B)}, {@code (b)}, {@code [B]}, {@code B: 27°}. */
  LETTER,
  /** The option's place, counted from 0. */
  INDEX0,
  /** The option's place, counted from 1. */
  INDEX1,
  /** The option's text. */
  TEXT
}
