package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.sample.Choices;

/**
 * Which colour most counters on a board have: always one alone. Each colour and each letter is
 * right as often, so that their frequencies give a quarter.
 *
 * @param order the colours in the order of the options
 */
record MajorityTask(Board board, List<Tint> order) implements Task {
  private static final int FEWEST_OF_MOST = 2;
  private static final int MOST_OF_MOST = 4;

  MajorityTask {
    order = List.copyOf(order);
  }

  static Task make(Dice dice) {
    List<Tint> drawn = new ArrayList<>(Board.TINTS);
    dice.shuffle(drawn);
    int most = dice.from(FEWEST_OF_MOST, MOST_OF_MOST);
    Board board = new Board(List.of(0, 0, 0, 0)).with(drawn.get(0), most);
    int left = Board.FIELDS - most;
    for (Tint tint : drawn.subList(1, drawn.size())) {
      int count = Math.min(left, dice.below(most));
      board = board.with(tint, count);
      left -= count;
    }
    List<Tint> order = new ArrayList<>(Board.TINTS);
    dice.shuffle(order);
    return new MajorityTask(board, order);
  }

  @Override
  public String question() {
    return "Which colour do most counters on the board have?";
  }

  @Override
  public Choices choices() {
    return new Choices(order.stream().map(Tint::word).toList());
  }

  @Override
  public String answer() {
    return letter(ranking().get(0));
  }

  @Override
  public String caption() {
    return board.caption();
  }

  @Override
  public String scene() {
    return Json.object(Map.entry("board", board.json()));
  }

  /** The numbers of the most frequent colour and of another are exchanged. */
  @Override
  public Task misread(Dice dice) {
    List<Tint> ranking = ranking();
    Tint most = ranking.get(0);
    Tint other = dice.pick(ranking.subList(1, ranking.size()));
    Board seen = board.with(most, board.count(other)).with(other, board.count(most));
    return new MajorityTask(seen, order);
  }

  /** Right where the most are at least two ahead; else the second is taken for the first. */
  @Override
  public String glanced(Dice dice) {
    List<Tint> ranking = ranking();
    int ahead = board.count(ranking.get(0)) - board.count(ranking.get(1));
    return letter(ranking.get(ahead > 1 ? 0 : 1));
  }

  @Override
  public void explain(Voice voice) {
    String most = ranking().get(0).word();
    voice.see("the counters by colour are " + board.listing());
    voice.doubt("no other number is as high as that of " + most);
    voice.say("The options by letter are " + lettered() + ".");
    voice.say("Most are " + most + ".");
    voice.say("For " + most + " that is " + answer() + ".");
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    board.paint(canvas, dice);
  }

  /** From the most frequent down; of equals the earlier option comes first. */
  private List<Tint> ranking() {
    List<Tint> ranking = new ArrayList<>(order);
    ranking.sort((one, two) -> Integer.compare(board.count(two), board.count(one)));
    return ranking;
  }

  /** {@code blue A, red B, yellow C and green D}. */
  private String lettered() {
    return Words.join(order.stream().map(tint -> tint.word() + " " + letter(tint)).toList());
  }

  private String letter(Tint tint) {
    return String.valueOf(Choices.letter(order.indexOf(tint)));
  }
}
