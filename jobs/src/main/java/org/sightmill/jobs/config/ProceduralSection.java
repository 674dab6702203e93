package org.sightmill.jobs.config;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
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
 */
public record ProceduralSection(
    long rows,
    long seed,
    Set<ProceduralFamily> families,
    int difficultyLevels,
    int sidePixels,
    Map<ProceduralFamily, String> thinking)
    implements Serializable {

  /** A thousand counting questions of the easiest level. */
  public static final ProceduralSection DEFAULT =
      new ProceduralSection(
          1_000,
          0,
          new TreeSet<>(Set.of(ProceduralFamily.COUNTING)),
          1,
          ProceduralConfig.SMALLEST_SIDE_PIXELS,
          Map.of());

  /** Rejects what can't be generated. */
  public ProceduralSection {
    if (rows < 1) {
      throw new IllegalArgumentException("rows must be at least 1 but was " + rows);
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

  private static ProceduralConfig generator(
      long rows, long seed, Set<ProceduralFamily> families, int levels, int side) {
    Map<ProceduralFamily, Double> weights = new EnumMap<>(ProceduralFamily.class);
    families.forEach(family -> weights.put(family, 1.0));
    return new ProceduralConfig(seed, rows, weights, levels, 0, 0, side, side);
  }
}
