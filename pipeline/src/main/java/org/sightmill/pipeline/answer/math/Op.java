package org.sightmill.pipeline.answer.math;

/** What a node of a formula is. */
enum Op {
  /** An exact number. */
  NUMBER,
  /** A variable. */
  SYMBOL,
  /** Pi, Euler's number or the imaginary unit, by name. */
  CONSTANT,
  INFINITY,
  ADD,
  MUL,
  DIV,
  NEG,
  POW,
  /** The real n-th root: value, degree. */
  ROOT,
  ABS,
  FACTORIAL,
  /** A known function by name. */
  FUNCTION,
  /** An unknown function, or anything without a value of its own: equal when written alike. */
  CALL,
  /** A sum or product over integers: body, from, to; the name is kind and variable. */
  SERIES,
  PERCENT,
  DEGREE,
  /** a plus-minus b, or minus-plus by name. */
  PLUS_MINUS,
  /** A relation by its sign; two sides. */
  RELATION,
  /** A chain or conjunction of relations. */
  ALL,
  /** Values side by side without brackets. */
  LIST,
  /** Values joined by a word: their order does not matter. */
  ANY,
  /** Values in brackets; the name is the two brackets. */
  TUPLE,
  SET,
  UNION,
  INTERSECTION,
  DIFFERENCE,
  /** Rows of equal length, each a LIST. */
  MATRIX,
  /** A value with a unit by name. */
  QUANTITY,
  /** Words. */
  TEXT
}
