package org.sightmill.jobs.config;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.sightmill.pipeline.collect.source.procedural.ProceduralConfig;
import org.sightmill.pipeline.collect.source.procedural.ProceduralFamily;
import org.sightmill.pipeline.collect.source.procedural.ProceduralLabel;

/**
 * Generated questions to train on, without the six steps.
 *
 * @param rows how many
 * @param seed chooses the rows
 * @param families kinds of question in equal shares; empty for counting alone
 * @param difficultyLevels 1 is the easiest alone
 * @param sidePixels width and height of the pictures
 * @param thinking what stands in the think block of replies to each kind of question, "I look at
 *     the picture." where nothing is said; {@code {{context}}} stands for the true caption, {@code
 *     {{rationale}}} for the worked solution
 * @param glanceShare share of rows, 0 to 1, whose reply does not look closely: "At a glance." and
 *     the answer that a hasty look gives ({@code ProceduralSource.glanced}), often wrong. What a
 *     model learns from such rows stays for reinforcement learning to mend
 */
public record ProceduralSection(
    long rows,
    long seed,
    Set<ProceduralFamily> families,
    int difficultyLevels,
    int sidePixels,
    Map<ProceduralFamily, String> thinking,
    double glanceShare)
    implements Serializable {

  /** The think block of a reply that does not look closely. */
  public static final String GLANCE = "At a glance.";

  /** Odd, so that neighbouring rows draw independently. */
  private static final long GLANCE_MIX = 0x9E3779B97F4A7C15L;

  /** A thousand counting questions of the easiest level. */
  public static final ProceduralSection DEFAULT =
      new ProceduralSection(
          1_000,
          0,
          new TreeSet<>(Set.of(ProceduralFamily.COUNTING)),
          1,
          ProceduralConfig.SMALLEST_SIDE_PIXELS,
          Map.of(),
          0);

  /** Rejects what can't be generated. */
  public ProceduralSection {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1 but was " + rows);
    }
    if (!(glanceShare >= 0 && glanceShare <= 1)) {
      throw new IllegalArgumentException("glance_share must be from 0 to 1 but was " + glanceShare);
    }
    families = Set.copyOf(families);
    thinking = Map.copyOf(thinking);
    generator(rows, seed, families, difficultyLevels, sidePixels);
  }

  /** As the generator takes it: every rationale right. */
  public ProceduralConfig generator() {
    return generator(rows, seed, families, difficultyLevels, sidePixels);
  }

  /** The think block of a reply. */
  public String thinking(ProceduralLabel label) {
    return thinking
        .getOrDefault(label.family(), "I look at the picture.")
        .replace("{{context}}", label.context())
        .replace("{{rationale}}", label.rationale());
  }

  /** Whether a row's reply comes of a hasty look; the same on every machine. */
  public boolean isGlance(long row) {
    return new SplittableRandom(seed ^ (row * GLANCE_MIX)).nextDouble() < glanceShare;
  }

  private static ProceduralConfig generator(
      long rows, long seed, Set<ProceduralFamily> families, int levels, int side) {
    Map<ProceduralFamily, Double> weights = new EnumMap<>(ProceduralFamily.class);
    families.forEach(family -> weights.put(family, 1.0));
    return new ProceduralConfig(seed, rows, weights, levels, 0, 0, side, side);
  }
}
