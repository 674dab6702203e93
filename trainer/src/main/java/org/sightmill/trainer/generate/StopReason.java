package org.sightmill.trainer.generate;

/** Why a completion ended. */
public enum StopReason {
  /** A stop token, which is the completion's last. */
  STOP_TOKEN,
  /** The text has come to hold a stop string; its last token completes it. */
  STOP_STRING,
  /** The caller's condition held. */
  CONDITION,
  /** As many tokens as allowed: truncated. */
  LENGTH
}
