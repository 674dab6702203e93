package org.sightmill.pipeline.calls;

import org.sightmill.pipeline.teacher.spend.Refusal;

/**
 * The driver's answer to a {@link LeaseRequest}.
 *
 * @param known false when the driver has closed the account, or never opened it for this run: what
 *     it held is counted as spent, and the executor begins a new one
 * @param grantedNanos free money granted
 * @param requests how many of the calls asked for may start, by rate
 * @param tokens likewise
 * @param waitMillis when to ask again for what was not granted
 * @param refusal why no further call may start; null when they may
 * @param why the refusal's sentence
 */
record LeaseAnswer(
    boolean known,
    long grantedNanos,
    int requests,
    long tokens,
    long waitMillis,
    Refusal refusal,
    String why) {

  static LeaseAnswer unknown() {
    return new LeaseAnswer(false, 0, 0, 0, 0, null, null);
  }

  String toJson() {
    return LeaseRequest.write(this);
  }

  static LeaseAnswer fromJson(String text) {
    return LeaseRequest.read(text, LeaseAnswer.class);
  }
}
