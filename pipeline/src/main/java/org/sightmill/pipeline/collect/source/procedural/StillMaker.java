package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.pipeline.sample.Box;

/** Chooses and places objects so that none hides another and all lie inside the picture. */
final class StillMaker {
  private static final int TRIES = 40;
  private static final double SHRINK = 0.9;
  private static final double GAP_PIXELS = 7;
  private static final double MARGIN_PIXELS = 6;

  /** The part of a table picture above this share of the height is wall. */
  static final double TABLE_EDGE = 0.2;

  private final Dice dice;
  private final Size size;
  private final Still.Setting setting;

  StillMaker(Dice dice, Size size) {
    this.dice = dice;
    this.size = size;
    this.setting =
        dice.pickOf(
            Still.Setting.TABLE, Still.Setting.TABLE, Still.Setting.PAPER, Still.Setting.NIGHT);
  }

  /** A scene of this many objects; few colours and shapes when they shall repeat. */
  Still make(int count, int tints, int forms) {
    boolean sizesVary = dice.chance(0.6);
    boolean finishesVary = dice.chance(0.4);
    List<Tint> palette = some(List.of(Tint.values()), tints);
    List<Form> shapes = some(isTable() ? Form.SOLIDS : Form.FLATS, forms);
    List<Finish> finishes =
        isTable() ? List.of(Finish.RUBBER, Finish.METAL) : List.of(Finish.FILLED, Finish.OUTLINED);
    Finish common = isTable() ? dice.pick(finishes) : Finish.FILLED;
    List<Thing> unplaced = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      unplaced.add(
          new Thing(
              dice.pick(shapes),
              dice.pick(palette),
              sizesVary && dice.chance(0.5) ? Stature.SMALL : Stature.LARGE,
              finishesVary ? dice.pick(finishes) : common,
              0,
              0,
              0));
    }
    return new Still(size, setting, placed(unplaced));
  }

  private boolean isTable() {
    return setting == Still.Setting.TABLE;
  }

  private <T> List<T> some(List<T> all, int count) {
    List<T> shuffled = new ArrayList<>(all);
    dice.shuffle(shuffled);
    return shuffled.subList(0, Math.min(count, shuffled.size()));
  }

  /** Shrinks everything until all fit; ends since ever smaller objects always do. */
  private List<Thing> placed(List<Thing> unplaced) {
    double radius = size.shorter() * dice.between(0.1, 0.14);
    if (unplaced.size() > 6) {
      radius *= 0.78;
    }
    List<Thing> placed = attempt(unplaced, radius);
    while (placed.size() < unplaced.size()) {
      radius *= SHRINK;
      placed = attempt(unplaced, radius);
    }
    return placed;
  }

  private List<Thing> attempt(List<Thing> unplaced, double largeRadius) {
    List<Thing> placed = new ArrayList<>(unplaced.size());
    for (Thing thing : unplaced) {
      for (int i = 0; i < TRIES; i++) {
        Thing there = somewhere(thing, largeRadius * thing.stature().share());
        if (isFree(there, placed)) {
          placed.add(there);
          break;
        }
      }
    }
    return placed;
  }

  /** At whole pixels, with a whole radius: boxes are then exact in few digits. */
  private Thing somewhere(Thing thing, double radius) {
    double r = StrictMath.rint(radius);
    double top = isTable() ? TABLE_EDGE * size.height() : MARGIN_PIXELS + r;
    double x = dice.between(MARGIN_PIXELS + r, size.width() - MARGIN_PIXELS - r);
    double y =
        dice.between(
            Math.max(top, MARGIN_PIXELS + 1.1 * r), size.height() - MARGIN_PIXELS - 1.1 * r);
    return new Thing(
        thing.form(),
        thing.tint(),
        thing.stature(),
        thing.finish(),
        StrictMath.rint(x),
        StrictMath.rint(y),
        r);
  }

  private static boolean isFree(Thing thing, List<Thing> placed) {
    Box box = thing.bounds();
    for (Thing other : placed) {
      Box taken = other.bounds();
      if (box.x1() < taken.x2() + GAP_PIXELS
          && taken.x1() < box.x2() + GAP_PIXELS
          && box.y1() < taken.y2() + GAP_PIXELS
          && taken.y1() < box.y2() + GAP_PIXELS) {
        return false;
      }
    }
    return true;
  }
}
