package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.sample.Choices;

/**
 * Counting objects after moves.
 *
 * @param still the scene
 * @param moves one addition, or removals in order
 * @param asked the objects to count in the end
 * @param versus when not null, the objects to subtract from those asked for
 */
record CountingTask(Still still, List<Move> moves, Kind asked, Kind versus) implements Task {

  /**
   * A change of the scene.
   *
   * @param added how many of the kind come in; 0 removes all of the kind
   */
  record Move(Kind kind, int added) {
    boolean isRemoval() {
      return added == 0;
    }

    String order() {
      return isRemoval()
          ? "Subtract all " + kind.plural() + "."
          : "Add " + kind.counted(added) + ".";
    }
  }

  CountingTask {
    moves = List.copyOf(moves);
  }

  @Override
  public String question() {
    if (versus != null) {
      return "How many more " + asked.plural() + " than " + versus.plural() + " are there?";
    }
    StringBuilder question = new StringBuilder();
    for (Move move : moves) {
      question.append(move.order()).append(' ');
    }
    String ending =
        moves.isEmpty() ? " are there?" : hasAddition() ? " are there now?" : " are left?";
    return question.append("How many ").append(asked.plural()).append(ending).toString();
  }

  @Override
  public Choices choices() {
    return null;
  }

  @Override
  public String answer() {
    return String.valueOf(result());
  }

  int result() {
    long count = remaining(moves.size()).stream().filter(asked::matches).count();
    for (Move move : moves) {
      count += move.added();
    }
    return (int) (versus == null ? count : count - still.count(versus));
  }

  @Override
  public String caption() {
    return still.inventory();
  }

  @Override
  public String scene() {
    return Json.object(
        Map.entry("still", still.json()),
        Map.entry("moves", Json.array(moves, move -> Json.text(move.order()))));
  }

  /** One object goes unnoticed, or is seen twice, such that the count changes. */
  @Override
  public Task misread(Dice dice) {
    List<Thing> shuffled = new ArrayList<>(still.things());
    dice.shuffle(shuffled);
    for (Thing thing : shuffled) {
      List<Thing> fewer = new ArrayList<>(still.things());
      fewer.remove(thing);
      CountingTask missed = new CountingTask(still.with(fewer), moves, asked, versus);
      if (!missed.answer().equals(answer()) && missed.result() >= 0) {
        return missed;
      }
    }
    List<Thing> more = new ArrayList<>(still.things());
    more.add(shuffled.get(0));
    return new CountingTask(still.with(more), moves, asked, versus);
  }

  @Override
  public void explain(Voice voice) {
    int count = still.things().size();
    voice.see(
        Words.thereAre(count) + " " + Kind.ANY.counted(count) + " " + still.setting().place());
    voice.see(listing(voice.dice()));
    if (versus != null) {
      explainComparison(voice);
    } else if (moves.isEmpty()) {
      explainCount(voice, still.things());
    } else {
      explainMoves(voice);
    }
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    new StillPainter(canvas, dice).paint(still);
  }

  private String listing(Dice dice) {
    String groups = Words.join(still.groups(still.things()));
    return dice.pickOf("these are ", "the objects are ", "they are ") + groups;
  }

  private void explainComparison(Voice voice) {
    long more = still.count(asked);
    long fewer = still.count(versus);
    voice.say(
        voice
            .dice()
            .pickOf(
                "I count %s and %s.",
                "So I have %s to set against %s.", "Taking the two groups apart gives %s and %s.")
            .replaceFirst("%s", asked.counted((int) more))
            .replaceFirst("%s", versus.counted((int) fewer)));
    voice.doubt("the " + asked.plural() + " come to " + more + " and the others to " + fewer);
    voice.sayOneOf(
        "The difference is " + more + " - " + fewer + " = " + result() + ".",
        more + " minus " + fewer + " leaves " + result() + ".",
        "Subtracting gives " + more + " - " + fewer + " = " + result() + ".");
  }

  private void explainCount(Voice voice, List<Thing> among) {
    List<Thing> hits = among.stream().filter(asked::matches).toList();
    String seen = hits.isEmpty() ? "nothing" : Words.join(still.groups(hits));
    voice.sayOneOf(
        "Of these, the ones to count are " + seen + ".",
        "The question is about the " + asked.plural() + ", and that takes in " + seen + ".",
        "Looking only for " + asked.plural() + ", I find " + seen + ".");
    voice.doubt("going through them one at a time gives " + asked.counted(hits.size()));
    voice.sayOneOf(
        "That makes " + hits.size() + ".",
        "In total that is " + hits.size() + ".",
        "So the count comes to " + hits.size() + ".");
  }

  private void explainMoves(Voice voice) {
    if (hasAddition() && !asked.equals(Kind.ANY)) {
      explainCount(voice, still.things());
      explainMove(voice, moves.get(0), (int) still.count(asked), result());
      return;
    }
    int before = still.things().size();
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i);
      int after = move.isRemoval() ? remaining(i + 1).size() : before + move.added();
      explainMove(voice, move, before, after);
      before = after;
    }
    if (!asked.equals(Kind.ANY)) {
      explainCount(voice, remaining(moves.size()));
    }
  }

  private void explainMove(Voice voice, Move move, int before, int after) {
    int changed = Math.abs(after - before);
    String sum = before + (move.isRemoval() ? " - " : " + ") + changed + " = " + after;
    if (move.isRemoval()) {
      voice.sayOneOf(
          "Now the "
              + move.kind().plural()
              + " go: that is "
              + changed
              + " of them, so "
              + sum
              + ".",
          "Removing all " + move.kind().plural() + " takes away " + changed + ", and " + sum + ".",
          move.kind().counted(changed)
              + (changed == 1 ? " is" : " are")
              + " taken away: "
              + sum
              + ".");
    } else {
      voice.sayOneOf(
          "Adding " + move.kind().counted(changed) + " gives " + sum + ".",
          "With " + move.kind().counted(changed) + " more, I get " + sum + ".");
    }
    voice.doubt("the step from " + before + " to " + after + " changes the total by " + changed);
  }

  private boolean hasAddition() {
    return moves.stream().anyMatch(move -> !move.isRemoval());
  }

  /** The scene's own objects that are left after the first moves. */
  private List<Thing> remaining(int movesDone) {
    List<Thing> left = new ArrayList<>(still.things());
    for (Move move : moves.subList(0, movesDone)) {
      if (move.isRemoval()) {
        left.removeIf(move.kind()::matches);
      }
    }
    return left;
  }
}
