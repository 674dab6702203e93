package org.sightmill.trainer.model;

/**
 * How shorter rows of a batch are filled up.
 *
 * @param token the id that fills; it is never attended to
 */
public record Padding(Side side, int token) {

  /** Where the filling stands. */
  public enum Side {
    /** Before a row's tokens: every row ends in the last column. */
    LEFT,
    /** After a row's tokens: needs no attention mask, so it is faster. */
    RIGHT
  }

  /** Filled on the right with id 0. */
  public static final Padding RIGHT = new Padding(Side.RIGHT, 0);

  /** Filled on the left, as the reference does. */
  public static Padding left(int token) {
    return new Padding(Side.LEFT, token);
  }
}
