package org.sightmill.trainer.generate;

/** A caller's own end of a completion. Stop strings are among the {@link SamplingSettings}. */
@FunctionalInterface
public interface StopCondition {
  /** Never stops. */
  StopCondition NEVER = (tokens, count) -> false;

  /**
   * Whether a completion is done. Asked after each token, in order.
   *
   * @param tokens ids, of which only the first {@code count} exist; not to be changed
   */
  boolean isDone(int[] tokens, int count);
}
