package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;

/** A picture to be told in a few words. */
interface Scenery {
  /** A short reference text in whole sentences. */
  String summary();

  /** A fuller account. */
  String caption();

  /** What there is to see, as clauses in lower case. */
  List<String> sights();

  /** The distinguishing phrases; two sceneries without a common one look quite different. */
  List<String> features();

  /** Another scenery of the same sort. */
  Scenery redrawn(Dice dice);

  String json();

  void paint(Canvas canvas, Dice dice);
}
