package org.sightmill.pipeline.faultserver;

/** What the server does with a call. Runs on the server's only thread: never waits. */
public interface Behaviour {
  /** The answer, or the fault. */
  Action on(Call call);
}
