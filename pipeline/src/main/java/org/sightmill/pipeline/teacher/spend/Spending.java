package org.sightmill.pipeline.teacher.spend;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Grants calls of one role against the limits that all tasks of a run share: requests a second,
 * tokens a second and dollars. Thread-safe.
 *
 * <p>Every request on the wire takes a permit of its own: a retry after a timeout is another one.
 */
public interface Spending {
  /**
   * Asks to start one call. Completes when there is room, at once where nothing is limited, and may
   * take long where a rate is; completes normally, with {@link Permit.Refused} when there will be
   * no room. Its thread must not be blocked.
   *
   * @param maximumTokens the most that the call can use, in and out together
   * @param maximumUsd the most that the call can cost
   */
  CompletionStage<Permit> reserve(long maximumTokens, double maximumUsd);

  /** No limits, nothing counted. */
  static Spending unlimited() {
    return (maximumTokens, maximumUsd) -> CompletableFuture.completedFuture(Uncounted.PERMIT);
  }

  /** Grants nothing: for a run that serves from the log alone. */
  static Spending refusing(Refusal refusal, String why) {
    Permit refused = new Permit.Refused(refusal, why);
    return (maximumTokens, maximumUsd) -> CompletableFuture.completedFuture(refused);
  }
}
