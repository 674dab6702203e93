package org.sightmill.trainer.model;

/** Parts of the model that can be frozen apart. */
public enum ModelPart {
  /** Patch embedding and vision blocks. */
  VISION_TOWER,
  /** From vision width to text width. */
  MERGER,
  /** Token embedding, the output projection too where they are tied. */
  EMBEDDING,
  /** Decoder layers and final norm. */
  DECODER,
  /** The output projection where it is not the embedding. */
  HEAD
}
