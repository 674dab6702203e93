package org.sightmill.pipeline.collect.source.procedural;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the procedural source generates. Rows depend on every component but {@code rows}: row i is
 * the same in a short and in a long run.
 *
 * @param seed chooses the rows; any value
 * @param rows number of rows, at least 0
 * @param weights relative share of each family, finite and not negative, not all 0; a family that
 *     is absent has weight 0
 * @param difficultyLevels levels 1 (easiest) to this, evenly distributed; 1 to {@value
 *     #MAX_DIFFICULTY_LEVELS}
 * @param wrongRationaleRate share of rationales that conclude with a wrong answer, 0 to 1
 * @param captionMentionRate share of rationales that speak of the caption or the description, 0 to
 *     1
 * @param minSidePixels smallest width and height, at least {@value #SMALLEST_SIDE_PIXELS}
 * @param maxSidePixels largest width and height, at most {@value #LARGEST_SIDE_PIXELS}
 */
public record ProceduralConfig(
    long seed,
    long rows,
    Map<ProceduralFamily, Double> weights,
    int difficultyLevels,
    double wrongRationaleRate,
    double captionMentionRate,
    int minSidePixels,
    int maxSidePixels) {

  /** Levels 1 to 5: the two hardest carry self-reflection. */
  public static final int DEFAULT_DIFFICULTY_LEVELS = 5;

  /** Share of rationales that conclude wrongly, so that verification has work. */
  public static final double DEFAULT_WRONG_RATIONALE_RATE = 0.08;

  /** Share of rationales that betray the caption, so that rewriting has work. */
  public static final double DEFAULT_CAPTION_MENTION_RATE = 0.3;

  /** Smallest side of a picture in pixels. */
  public static final int DEFAULT_MIN_SIDE_PIXELS = 320;

  /** Largest side of a picture in pixels. */
  public static final int DEFAULT_MAX_SIDE_PIXELS = 512;

  /** Below this side text gets illegible. */
  public static final int SMALLEST_SIDE_PIXELS = 256;

  /** Above this side a picture costs more than it shows. */
  public static final int LARGEST_SIDE_PIXELS = 2048;

  /** More levels would not differ visibly. */
  public static final int MAX_DIFFICULTY_LEVELS = 20;

  /** Copies the weights, filling absent families with 0; rejects values out of their bounds. */
  public ProceduralConfig {
    require(rows >= 0, "rows must be at least 0 but was " + rows);
    weights = completed(weights);
    requireWithin("difficultyLevels", difficultyLevels, 1, MAX_DIFFICULTY_LEVELS);
    requireWithin("wrongRationaleRate", wrongRationaleRate, 0, 1);
    requireWithin("captionMentionRate", captionMentionRate, 0, 1);
    requireWithin("minSidePixels", minSidePixels, SMALLEST_SIDE_PIXELS, LARGEST_SIDE_PIXELS);
    requireWithin("maxSidePixels", maxSidePixels, minSidePixels, LARGEST_SIDE_PIXELS);
  }

  /** The five usual families in equal shares, with the documented defaults. */
  public static ProceduralConfig defaults(long seed, long rows) {
    return new ProceduralConfig(
        seed,
        rows,
        equalWeights(),
        DEFAULT_DIFFICULTY_LEVELS,
        DEFAULT_WRONG_RATIONALE_RATE,
        DEFAULT_CAPTION_MENTION_RATE,
        DEFAULT_MIN_SIDE_PIXELS,
        DEFAULT_MAX_SIDE_PIXELS);
  }

  /** Weight 1 for each of the five usual families, one for each answer type. */
  public static Map<ProceduralFamily, Double> equalWeights() {
    Map<ProceduralFamily, Double> weights = new EnumMap<>(ProceduralFamily.class);
    for (ProceduralFamily family : ProceduralFamily.USUAL) {
      weights.put(family, 1.0);
    }
    return weights;
  }

  /**
   * Whether rationales of this difficulty carry self-reflection: the upper part of the levels (4
   * and 5 of 5, 3 of 3, none of 1).
   */
  public boolean isReflective(int difficulty) {
    return 2 * difficulty > difficultyLevels + 1;
  }

  private static Map<ProceduralFamily, Double> completed(Map<ProceduralFamily, Double> weights) {
    Map<ProceduralFamily, Double> complete = new EnumMap<>(ProceduralFamily.class);
    double sum = 0;
    for (ProceduralFamily family : ProceduralFamily.values()) {
      double weight = weights.getOrDefault(family, 0.0);
      require(
          Double.isFinite(weight) && weight >= 0,
          "weight of " + family.label() + " must be finite and at least 0 but was " + weight);
      complete.put(family, weight);
      sum += weight;
    }
    require(sum > 0, "at least one family must have a weight above 0");
    return Collections.unmodifiableMap(complete);
  }

  private static void requireWithin(String name, double value, double min, double max) {
    require(
        value >= min && value <= max,
        name + " must be from " + min + " to " + max + " but was " + value);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
