package org.sightmill.trainer.generate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How tokens are chosen. Everything is explicit: a model's {@code generation_config.json} has no
 * say. Order: bans, repetition penalty, temperature, top-k, top-p, min-p.
 *
 * @param temperature divides the logits; 0 takes the most likely token
 * @param topK keep this many tokens, 0 for all
 * @param topP keep the fewest likeliest tokens that together have this probability, 1 for all
 * @param minP keep tokens with at least this share of the likeliest one's probability, 0 for all
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens that prompt or
 *     completion hold, 1 for none
 * @param maxTokens the most tokens of a completion
 * @param stopTokens ids that end a completion and are its last token
 * @param bannedTokens ids never chosen; the vision ids are always among them
 * @param stopStrings texts that end a completion as soon as it holds one, wherever tokens divide
 */
public record SamplingSettings(
    double temperature,
    int topK,
    double topP,
    double minP,
    double repetitionPenalty,
    int maxTokens,
    Set<Integer> stopTokens,
    Set<Integer> bannedTokens,
    List<String> stopStrings) {

  /** Rejects values out of range. */
  public SamplingSettings {
    check(temperature >= 0 && Double.isFinite(temperature), "temperature", temperature, "[0, inf)");
    check(topK >= 0, "top_k", topK, "[0, inf)");
    check(topP > 0 && topP <= 1, "top_p", topP, "(0, 1]");
    check(minP >= 0 && minP <= 1, "min_p", minP, "[0, 1]");
    check(repetitionPenalty > 0, "repetition_penalty", repetitionPenalty, "(0, inf)");
    check(maxTokens >= 1, "max tokens", maxTokens, "[1, inf)");
    stopTokens = Set.copyOf(stopTokens);
    bannedTokens = Set.copyOf(bannedTokens);
    stopStrings = List.copyOf(stopStrings);
    if (stopStrings.contains("")) {
      throw new IllegalArgumentException("a stop string is empty");
    }
  }

  /** Settings without stop strings. */
  public SamplingSettings(
      double temperature,
      int topK,
      double topP,
      double minP,
      double repetitionPenalty,
      int maxTokens,
      Set<Integer> stopTokens,
      Set<Integer> bannedTokens) {
    this(
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        maxTokens,
        stopTokens,
        bannedTokens,
        List.of());
  }

  /** These settings with stop strings. */
  public SamplingSettings withStopStrings(List<String> strings) {
    return new SamplingSettings(
        temperature,
        topK,
        topP,
        minP,
        repetitionPenalty,
        maxTokens,
        stopTokens,
        bannedTokens,
        strings);
  }

  private static void check(boolean holds, String name, double value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, not in %s".formatted(name, value, range));
    }
  }

  /** The likeliest token each time. */
  public static SamplingSettings greedy(int maxTokens, Set<Integer> stopTokens) {
    return new SamplingSettings(0, 0, 1, 0, 1, maxTokens, stopTokens, Set.of());
  }

  /** Draws from the whole distribution. */
  public static SamplingSettings sampled(
      double temperature, int maxTokens, Set<Integer> stopTokens) {
    return new SamplingSettings(temperature, 0, 1, 0, 1, maxTokens, stopTokens, Set.of());
  }

  /** What log-probabilities are divided by: the temperature, and 1 for greedy choice. */
  public double scoringTemperature() {
    return temperature == 0 ? 1 : temperature;
  }

  boolean isGreedy() {
    return temperature == 0;
  }

  boolean penalises() {
    return repetitionPenalty != 1;
  }

  /** One line for logs and reports, with every setting. */
  public String echo() {
    return "temperature=%s top_k=%d top_p=%s min_p=%s repetition_penalty=%s max_tokens=%d stop=%s banned=%s stop_strings=%s"
        .formatted(
            temperature,
            topK,
            topP,
            minP,
            repetitionPenalty,
            maxTokens,
            sorted(stopTokens),
            sorted(bannedTokens),
            stopStrings);
  }

  private static List<Integer> sorted(Set<Integer> ids) {
    return List.copyOf(new TreeSet<>(ids));
  }
}
