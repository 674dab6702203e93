package org.sightmill.trainer.distributed.exchange;

import java.io.Serializable;

/**
 * Where and how the workers of a run meet; sent to them with their tasks.
 *
 * @param host of the coordinator
 * @param port of the coordinator
 * @param token shared secret of the run
 */
public record Meeting(String host, int port, String token, TimeLimits limits)
    implements Serializable {

  /** Without the secret. */
  @Override
  public String toString() {
    return "meeting at %s:%d".formatted(host, port);
  }
}
