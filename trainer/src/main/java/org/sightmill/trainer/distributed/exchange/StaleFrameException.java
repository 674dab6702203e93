package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;

/** Something of an attempt that is not the current one. */
final class StaleFrameException extends IOException {
  private static final long serialVersionUID = 1L;

  StaleFrameException(String message) {
    super(message);
  }
}
