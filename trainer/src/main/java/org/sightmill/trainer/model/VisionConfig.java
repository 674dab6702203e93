package org.sightmill.trainer.model;

import java.util.List;

/**
 * The vision tower's sizes.
 *
 * @param patch side of a patch in pixels
 * @param temporalPatch frames in a patch
 * @param merge side, in patches, of the square that becomes one token
 * @param window side of an attention window in pixels
 * @param fullAttentionBlocks blocks that attend over a whole frame
 */
public record VisionConfig(
    int depth,
    int hidden,
    int intermediate,
    int heads,
    int outHidden,
    int channels,
    int patch,
    int temporalPatch,
    int merge,
    int window,
    List<Integer> fullAttentionBlocks) {

  /** Fixed in the reference, not configured. */
  static final double NORM_EPSILON = 1e-6;

  /** Fixed in the reference, not configured. */
  static final double ROPE_THETA = 10_000;

  /** Copies the block list. */
  public VisionConfig {
    fullAttentionBlocks = List.copyOf(fullAttentionBlocks);
  }

  /** Width of a head. */
  public int headWidth() {
    return hidden / heads;
  }

  /** Numbers in a patch. */
  public int patchWidth() {
    return channels * temporalPatch * patch * patch;
  }

  /** Patches that become one token. */
  public int mergeUnit() {
    return merge * merge;
  }

  /** Side of a window in merge units. */
  public int windowUnits() {
    return window / merge / patch;
  }

  void check(List<String> problems) {
    if (hidden % heads != 0 || headWidth() % 4 != 0) {
      problems.add(
          "vision hidden_size %d does not split into %d heads of a width divisible by 4"
              .formatted(hidden, heads));
    }
    if (windowUnits() < 1) {
      problems.add("vision window_size %d is less than one merged patch".formatted(window));
    }
  }
}
