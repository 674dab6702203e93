package org.sightmill.trainer.generate;

/** Why a completion ended. */
public enum StopReason {
  /** A stop token, which is the completion's last. */
  STOP_TOKEN,
  /** The caller's condition, such as a stop string, held. */
  CONDITION,
  /** As many tokens as allowed: truncated. */
  LENGTH
}
