package org.sightmill.pipeline.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What an executor tells and asks the driver about one role. Travels as JSON text: messages must be
 * of JDK types, since Spark reads them without the application's jar.
 *
 * <p>The executor's books: what it was granted and has not given back = {@code settledNanos} +
 * {@code openNanos} + {@code freeNanos}.
 *
 * @param run the run's folder
 * @param account names this executor's books; new when the driver has closed the ones before
 * @param executor Spark's id
 * @param settledNanos spent by calls that have ended, since the account began
 * @param openNanos reserved by calls that have not ended
 * @param freeNanos granted and not reserved; below 0 when calls cost more than they reserved
 * @param returnedNanos given back with this message: free money that it can't use
 * @param wantedNanos how much more the executor would have free
 * @param needNanos the free money without which it can't start its next call; 0 when none waits
 * @param requests calls that it would start
 * @param tokens that those calls can use at most
 * @param settledTokens tokens reserved earlier that turned out not to be used, given back
 */
record LeaseRequest(
    String run,
    String role,
    String account,
    String executor,
    long settledNanos,
    long openNanos,
    long freeNanos,
    long returnedNanos,
    long wantedNanos,
    long needNanos,
    int requests,
    long tokens,
    long settledTokens) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String toJson() {
    return write(this);
  }

  static LeaseRequest fromJson(String text) {
    return read(text, LeaseRequest.class);
  }

  static String write(Object message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can't fail to be written", e);
    }
  }

  static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a message between driver and executors: " + text, e);
    }
  }
}
