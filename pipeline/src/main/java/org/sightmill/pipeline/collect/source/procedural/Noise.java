package org.sightmill.pipeline.collect.source.procedural;

/** Sparse brightness noise, as of a cheap camera: visible to a model, harmless to a person. */
final class Noise {
  private static final double NOISY_SHARE = 0.5;

  /** Pixels apart on average; below this a picture grows past what it shows. */
  private static final int DENSEST_STEP_PIXELS = 50;

  private static final int SPARSEST_STEP_PIXELS = 250;

  private final Canvas canvas;
  private final Dice dice;

  Noise(Canvas canvas, Dice dice) {
    this.canvas = canvas;
    this.dice = dice;
  }

  void paint() {
    if (!dice.chance(NOISY_SHARE)) {
      return;
    }
    int step = dice.from(DENSEST_STEP_PIXELS, SPARSEST_STEP_PIXELS);
    int strength = dice.from(6, 28);
    int[] pixels = canvas.pixels();
    for (int at = dice.below(2 * step); at < pixels.length; at += 1 + dice.below(2 * step)) {
      pixels[at] = shifted(pixels[at], dice.from(-strength, strength));
    }
  }

  private static int shifted(int rgb, int by) {
    int red = clamp(((rgb >> 16) & 255) + by);
    int green = clamp(((rgb >> 8) & 255) + by);
    int blue = clamp((rgb & 255) + by);
    return (red << 16) | (green << 8) | blue;
  }

  private static int clamp(int channel) {
    return Math.max(0, Math.min(255, channel));
  }
}
