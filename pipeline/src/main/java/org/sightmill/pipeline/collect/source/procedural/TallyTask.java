package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.sample.Choices;

/**
 * How many counters of one colour lie on a board: none to four, each as often, so that the answers'
 * frequencies give a fifth.
 */
record TallyTask(Board board, Tint asked) implements Task {
  private static final int MOST_ASKED = 4;
  private static final int MOST_OTHERS = 3;

  /** What a glance takes in. */
  private static final int SEEN_AT_A_GLANCE = 2;

  static Task make(Dice dice) {
    Tint asked = dice.pick(Board.TINTS);
    int count = dice.from(0, MOST_ASKED);
    int left = Board.FIELDS - count;
    List<Integer> counts = new ArrayList<>();
    for (Tint tint : Board.TINTS) {
      int others = Math.min(left, dice.from(0, MOST_OTHERS));
      counts.add(tint == asked ? count : others);
      left -= tint == asked ? 0 : others;
    }
    return new TallyTask(new Board(counts), asked);
  }

  @Override
  public String question() {
    return "How many " + asked.word() + " counters are on the board?";
  }

  @Override
  public Choices choices() {
    return null;
  }

  @Override
  public String answer() {
    return String.valueOf(board.count(asked));
  }

  @Override
  public String caption() {
    return board.caption();
  }

  @Override
  public String scene() {
    return Json.object(Map.entry("board", board.json()));
  }

  /** One counter goes unnoticed, or is seen twice. */
  @Override
  public Task misread(Dice dice) {
    int count = board.count(asked);
    boolean fewer = count > 0 && dice.chance(0.5);
    return new TallyTask(board.with(asked, count + (fewer ? -1 : 1)), asked);
  }

  /** Up to two are taken in at once; of more, one is missed. */
  @Override
  public String glanced(Dice dice) {
    int count = board.count(asked);
    return String.valueOf(count > SEEN_AT_A_GLANCE ? count - 1 : count);
  }

  @Override
  public void explain(Voice voice) {
    voice.see("the counters by colour are " + board.listing());
    voice.doubt("going over the " + asked.word() + " ones gives " + answer());
    voice.say("For " + asked.word() + " that is " + answer() + ".");
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    board.paint(canvas, dice);
  }
}
