package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;

/** Bytes that are not what their header says, or not what should come now. */
final class CorruptFrameException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptFrameException(String message) {
    super(message);
  }
}
