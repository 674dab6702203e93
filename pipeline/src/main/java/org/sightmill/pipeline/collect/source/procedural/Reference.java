package org.sightmill.pipeline.collect.source.procedural;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An expression that fits one object: its kind alone, or the outermost of its kind.
 *
 * @param place which of the objects of this kind
 */
record Reference(Kind kind, Place place) {

  enum Place {
    ANYWHERE(""),
    LEFT("farthest to the left"),
    RIGHT("farthest to the right"),
    TOP("nearest to the top"),
    BOTTOM("nearest to the bottom");

    private final String words;

    Place(String words) {
      this.words = words;
    }

    /** Greater the more an object is at this place. */
    private double reach(Thing thing) {
      return switch (this) {
        case ANYWHERE -> 0;
        case LEFT -> -thing.x();
        case RIGHT -> thing.x();
        case TOP -> -thing.y();
        case BOTTOM -> thing.y();
      };
    }
  }

  /** The second outermost lies at least this far behind, as a share of the picture. */
  private static final double LEAST_LEAD = 0.09;

  /** {@code the red cube}, {@code the cube farthest to the left}. */
  String text() {
    return "the " + kind.singular() + (place == Place.ANYWHERE ? "" : " " + place.words);
  }

  /** The one object meant; empty when none or several could be. */
  Optional<Thing> target(Still still) {
    List<Thing> candidates = candidates(still);
    if (place == Place.ANYWHERE || candidates.size() < 2) {
      boolean clear = place == Place.ANYWHERE && candidates.size() == 1;
      return clear ? Optional.of(candidates.get(0)) : Optional.empty();
    }
    double lead = place.reach(candidates.get(0)) - place.reach(candidates.get(1));
    return lead >= LEAST_LEAD * still.size().shorter()
        ? Optional.of(candidates.get(0))
        : Optional.empty();
  }

  /** The objects of the kind, the outermost first. */
  private List<Thing> candidates(Still still) {
    return still.things().stream()
        .filter(kind::matches)
        .sorted(Comparator.comparingDouble(thing -> -place.reach(thing)))
        .toList();
  }

  void explain(Still still, Voice voice) {
    voice.see(Words.thereAre(still.groups(still.things())) + " " + still.setting().place());
    List<Thing> candidates = candidates(still);
    if (place == Place.ANYWHERE) {
      voice.sayOneOf(
          "Only one of them is " + Words.withArticle(kind.singular()) + ".",
          "I am looking for " + text() + ", and there is just one.",
          "Nothing else fits \"" + kind.singular() + "\".");
      return;
    }
    voice.sayOneOf(
        "There are "
            + candidates.size()
            + " "
            + kind.plural()
            + ", and I need the one "
            + place.words
            + ".",
        "Of the "
            + candidates.size()
            + " "
            + kind.plural()
            + ", the one "
            + place.words
            + " counts.");
    voice.doubt(
        "comparing the positions of the " + kind.plural() + " leaves one that is " + place.words);
  }
}
