package org.sightmill.pipeline.quality;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.check.Checks;

/**
 * Which rows are too close to what a model will be examined in. Null numbers take their defaults.
 *
 * @param files the benchmarks: a name and a Hadoop path of a tab-separated file with the columns
 *     {@code index, question} and, in base64, {@code image}, as VLMEvalKit publishes them
 * @param runWords words of a run that questions are compared by
 * @param overlap share of the shorter question's runs that both have, from which a question is the
 *     benchmark's, in (0, 1]
 * @param imageDistance bits of 128 in which the hash of a picture may differ from a benchmark's
 */
public record BenchmarkOverlap(
    SortedMap<String, String> files, Integer runWords, Double overlap, Integer imageDistance) {
  /** As open-r1 compares. */
  public static final int DEFAULT_RUN_WORDS = 8;

  /** A question with another number in the middle still counts as the same. */
  public static final double DEFAULT_OVERLAP = 0.7;

  /** A few more bits than between repeated pictures: here a row too many is lost gladly. */
  public static final int DEFAULT_IMAGE_DISTANCE = 6;

  /** Of these files, with the documented defaults. */
  public static BenchmarkOverlap of(Map<String, String> files) {
    return new BenchmarkOverlap(new TreeMap<>(files), null, null, null);
  }

  /** Copies, and checks the bounds. */
  public BenchmarkOverlap {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    runWords = runWords == null ? DEFAULT_RUN_WORDS : runWords;
    overlap = overlap == null ? DEFAULT_OVERLAP : overlap;
    imageDistance = imageDistance == null ? DEFAULT_IMAGE_DISTANCE : imageDistance;
    Checks checks = new Checks();
    checks.that(!files.isEmpty(), "files must name at least one benchmark: MathVista: file.tsv");
    files.forEach((name, path) -> checks.notBlank("files." + name, path));
    checks
        .atLeast(2, "run_words", runWords)
        .that(overlap > 0 && overlap <= 1, "overlap must be in (0, 1] but was " + overlap)
        .that(
            imageDistance >= 0 && imageDistance <= 128,
            "image_distance must be in [0, 128] but was " + imageDistance)
        .orThrow();
  }
}
