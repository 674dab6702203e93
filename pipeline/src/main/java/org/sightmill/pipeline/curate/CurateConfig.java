package org.sightmill.pipeline.curate;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.quality.QualityConfig;

/**
 * What step 6 does.
 *
 * @param cues self-reflection cues, lower case; a trace that holds one as a substring is an RL row
 * @param sftCaps most SFT rows by source; a source that is absent has no cap
 * @param rlCaps likewise for RL
 * @param rlOnly sources whose rows go to RL whether or not they have a cue, and never to SFT: the
 *     paper's case is GeoQA170K, whose captions can't be trusted
 * @param seed decides which rows a cap keeps
 * @param choose how a cap chooses
 * @param values a side table of values to select by; null when there is none
 * @param quality what rows are held to before they are split; no check by default
 */
public record CurateConfig(
    List<String> cues,
    SortedMap<String, Integer> sftCaps,
    SortedMap<String, Integer> rlCaps,
    SortedSet<String> rlOnly,
    long seed,
    Choose choose,
    ValueTable values,
    QualityConfig quality) {

  /** How a cap chooses among the rows of a source. */
  public enum Choose {
    /** By a hash of seed and sample id: a fair draw, the same on any cluster. */
    HASH,
    /** Round-robin over clusters of similar texts, by that hash within a cluster. */
    DIVERSE
  }

  /** The paper's list (section 3.6). */
  public static final List<String> DEFAULT_CUES =
      List.of(
          "wait",
          "again",
          "double-check",
          "hmm",
          "mistake",
          "alternatively",
          "check",
          "i should confirm");

  /** Any number will do. */
  public static final long DEFAULT_SEED = 20_250_414L;

  /** The paper's cues and no caps. */
  public static final CurateConfig DEFAULT =
      new CurateConfig(
          DEFAULT_CUES,
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeSet<>(),
          DEFAULT_SEED,
          Choose.HASH,
          null,
          QualityConfig.DEFAULT);

  /** Copies, and checks cues and caps. */
  public CurateConfig {
    cues = List.copyOf(cues);
    sftCaps = copy(sftCaps);
    rlCaps = copy(rlCaps);
    rlOnly = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(rlOnly));
    Checks checks = new Checks();
    checks.that(!cues.isEmpty(), "cues must name at least one cue");
    for (String cue : cues) {
      checks.that(!cue.isBlank(), "cues must not hold an empty cue");
      checks.that(Cues.isLowerCase(cue), "cues must be lower case but one was '" + cue + "'");
    }
    checks.eachAtLeast(0, "sft_caps", sftCaps).eachAtLeast(0, "rl_caps", rlCaps);
    checks.that(choose != null, "choose is required: hash or diverse");
    quality = quality == null ? QualityConfig.DEFAULT : quality;
    checks.orThrow();
  }

  private static SortedMap<String, Integer> copy(Map<String, Integer> map) {
    return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** These settings with other caps. */
  public CurateConfig withCaps(Map<String, Integer> sft, Map<String, Integer> rl) {
    return new CurateConfig(cues, copy(sft), copy(rl), rlOnly, seed, choose, values, quality);
  }

  /** These settings with sources for RL alone. */
  public CurateConfig withRlOnly(List<String> sources) {
    return new CurateConfig(
        cues, sftCaps, rlCaps, new TreeSet<>(sources), seed, choose, values, quality);
  }

  /** These settings with another way to choose. */
  public CurateConfig withChoose(Choose other) {
    return new CurateConfig(cues, sftCaps, rlCaps, rlOnly, seed, other, values, quality);
  }

  /** These settings with a side table. */
  public CurateConfig withValues(ValueTable table) {
    return new CurateConfig(cues, sftCaps, rlCaps, rlOnly, seed, choose, table, quality);
  }

  /** These settings with other checks. */
  public CurateConfig withQuality(QualityConfig other) {
    return new CurateConfig(cues, sftCaps, rlCaps, rlOnly, seed, choose, values, other);
  }
}
