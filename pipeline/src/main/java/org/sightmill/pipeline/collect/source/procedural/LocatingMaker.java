package org.sightmill.pipeline.collect.source.procedural;

import java.util.Optional;
import org.sightmill.pipeline.collect.source.procedural.Reference.Place;

/** Draws scenes with a reference that fits exactly one object; harder ones have rivals. */
final class LocatingMaker {
  private static final int TRIES = 30;
  private static final String FORM =
      " Give its bounding box as [x1, y1, x2, y2] in fractions of the picture's width and height,"
          + " from 0 to 1, with three decimals.";

  private LocatingMaker() {}

  static Task make(Dice dice, double hardness, Size size) {
    while (true) {
      int count = 3 + dice.below(2) + (int) Math.round(hardness * 6);
      Still still = new StillMaker(dice, size).make(count, 3 + dice.below(3), 2 + dice.below(3));
      for (int i = 0; i < TRIES; i++) {
        Reference reference = reference(dice, hardness, still);
        Optional<Thing> target = reference.target(still);
        if (target.isPresent()) {
          return new LocatingTask(still, reference, target.get(), question(dice, reference));
        }
      }
    }
  }

  private static Reference reference(Dice dice, double hardness, Still still) {
    Thing thing = dice.pick(still.things());
    boolean byPlace = dice.chance(0.2 + 0.5 * hardness);
    Place place =
        byPlace ? dice.pickOf(Place.LEFT, Place.RIGHT, Place.TOP, Place.BOTTOM) : Place.ANYWHERE;
    Kind all = still.kindOf(thing);
    Kind kind =
        switch (dice.below(4)) {
          case 0 -> new Kind(all.form(), null, null, null);
          case 1 -> new Kind(null, all.tint(), null, null);
          case 2 -> new Kind(all.form(), all.tint(), null, null);
          default -> all;
        };
    return new Reference(kind, place);
  }

  private static String question(Dice dice, Reference reference) {
    return dice.pickOf("Locate ", "Find ", "Point out ") + reference.text() + "." + FORM;
  }
}
