package org.sightmill.pipeline.answer;

/** How far an answer is looked for. */
enum Extraction {
  /** Only where the format puts it, standing alone. */
  STRICT,
  /** Also in sentences and imperfect formats. */
  LENIENT
}
