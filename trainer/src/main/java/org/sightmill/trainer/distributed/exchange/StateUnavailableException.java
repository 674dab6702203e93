package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;

/** Nobody who is known to have a version could hand it over; each one's reason is suppressed. */
public final class StateUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  StateUnavailableException(long version) {
    super("nobody has version %d".formatted(version));
  }
}
