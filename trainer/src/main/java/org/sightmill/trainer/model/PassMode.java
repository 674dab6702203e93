package org.sightmill.trainer.model;

/** What a forward pass keeps for backward. */
public enum PassMode {
  /** Every activation: fastest backward. */
  KEEP_ACTIVATIONS,
  /** The input of every layer, which backward computes anew (activation checkpointing). */
  RECOMPUTE,
  /** Nothing: there will be no backward. */
  FORWARD_ONLY
}
