package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;

/** Draws counting questions; harder ones have more objects and more moves. */
final class CountingMaker {
  private static final int TRIES = 24;

  private CountingMaker() {}

  static Task make(Dice dice, double hardness, Size size) {
    int count = 3 + dice.below(3) + (int) Math.round(hardness * 8);
    Still still = new StillMaker(dice, size).make(count, 3 + dice.below(3), 2 + dice.below(3));
    for (int i = 0; i < TRIES; i++) {
      CountingTask task = draw(dice, hardness, still);
      if (task.result() >= 1) {
        return task;
      }
    }
    return new CountingTask(still, List.of(), Kind.ANY, null);
  }

  private static CountingTask draw(Dice dice, double hardness, Still still) {
    int top = hardness < 0.3 ? 2 : hardness < 0.7 ? 5 : 6;
    return switch (dice.from(hardness < 0.7 ? 0 : 2, top)) {
      case 0 -> new CountingTask(still, List.of(), kind(dice, still, 1), null);
      case 1, 2 -> removal(dice, still, 1);
      case 3 -> comparison(dice, still);
      case 4 -> addition(dice, still);
      case 5 -> removalAndQuestion(dice, still);
      default -> removal(dice, still, 2);
    };
  }

  private static CountingTask removal(Dice dice, Still still, int moves) {
    CountingTask.Move first = new CountingTask.Move(kind(dice, still, dice.from(1, 2)), 0);
    CountingTask.Move second = new CountingTask.Move(kind(dice, still, dice.from(1, 2)), 0);
    boolean two = moves == 2 && !second.equals(first);
    return new CountingTask(still, two ? List.of(first, second) : List.of(first), Kind.ANY, null);
  }

  private static CountingTask addition(Dice dice, Still still) {
    Kind kind = kind(dice, still, 2);
    CountingTask.Move move = new CountingTask.Move(kind, dice.from(1, 5));
    return new CountingTask(still, List.of(move), dice.chance(0.5) ? Kind.ANY : kind, null);
  }

  private static CountingTask removalAndQuestion(Dice dice, Still still) {
    CountingTask.Move move = new CountingTask.Move(kind(dice, still, 1), 0);
    return new CountingTask(still, List.of(move), kind(dice, still, 1), null);
  }

  /** Two colours or two shapes, never a mixture, so that no object counts on both sides. */
  private static CountingTask comparison(Dice dice, Still still) {
    Thing one = dice.pick(still.things());
    Thing two = dice.pick(still.things());
    boolean byTint = dice.chance(0.5);
    Kind more = byTint ? ofTint(one) : ofForm(one);
    return new CountingTask(still, List.of(), more, byTint ? ofTint(two) : ofForm(two));
  }

  private static Kind ofTint(Thing thing) {
    return new Kind(null, thing.tint(), null, null);
  }

  private static Kind ofForm(Thing thing) {
    return new Kind(thing.form(), null, null, null);
  }

  /** A kind that at least one object has, by one or two of its properties. */
  private static Kind kind(Dice dice, Still still, int properties) {
    Thing thing = dice.pick(still.things());
    if (properties == 2) {
      return new Kind(thing.form(), thing.tint(), null, null);
    }
    return switch (dice.below(4)) {
      case 0 -> ofTint(thing);
      case 1 -> ofForm(thing);
      case 2 -> still.sizesVary() ? new Kind(null, null, thing.stature(), null) : ofTint(thing);
      default -> still.finishesVary() ? new Kind(null, null, null, thing.finish()) : ofForm(thing);
    };
  }
}
