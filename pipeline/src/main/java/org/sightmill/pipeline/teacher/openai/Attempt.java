package org.sightmill.pipeline.teacher.openai;

import java.util.concurrent.CompletableFuture;
import org.sightmill.pipeline.teacher.CallMeter;

/**
 * One request that waits for an endpoint.
 *
 * @param avoid the endpoint that failed it before, or null
 * @param done completes with the outcome; exceptionally when no endpoint can serve anything
 */
record Attempt(
    RequestForm form,
    byte[] body,
    Endpoint avoid,
    CallMeter meter,
    CompletableFuture<Attempt.Outcome> done) {

  /**
   * What came of it.
   *
   * @param reply null when there is a failure
   * @param failure null when there is a reply
   * @param latencyMs from sending on, in milliseconds
   */
  record Outcome(Endpoint endpoint, ModelReply reply, CallFailure failure, long latencyMs) {}
}
