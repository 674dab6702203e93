package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.generate.SamplingSettings;
import picocli.CommandLine.Option;

/** How tokens are chosen; nothing comes from a model's generation_config.json. */
final class SamplingOptions {
  @Option(
      names = "--temperature",
      description = "divides the logits; 0 takes the likeliest token (${DEFAULT-VALUE})")
  private double temperature;

  @Option(names = "--top-k", description = "keep the K likeliest, 0 all (${DEFAULT-VALUE})")
  private int topK;

  @Option(
      names = "--top-p",
      description = "keep the likeliest that reach P together, 1 all (${DEFAULT-VALUE})")
  private double topP = 1;

  @Option(
      names = "--min-p",
      description = "keep those of at least P times the best, 0 all (${DEFAULT-VALUE})")
  private double minP;

  @Option(names = "--repetition-penalty", description = "1 for none (${DEFAULT-VALUE})")
  private double repetitionPenalty = 1;

  @Option(names = "--max-tokens", description = "of an answer (${DEFAULT-VALUE})")
  private int maxTokens = 256;

  @Option(names = "--stop", paramLabel = "TEXT", description = "end an answer at this text")
  private List<String> stop = new ArrayList<>();

  @Option(names = "--seed", description = "of the first sample (${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--samples", description = "answers, seeds counting up (${DEFAULT-VALUE})")
  private int samples = 1;

  int maxTokens() {
    return maxTokens;
  }

  int samples() {
    return samples;
  }

  List<String> stop() {
    return stop;
  }

  long[] seeds() {
    long[] seeds = new long[samples];
    for (int i = 0; i < samples; i++) {
      seeds[i] = seed + i;
    }
    return seeds;
  }

  /** The settings; the ids are the model's own. */
  SamplingSettings settings(Set<Integer> stopTokens, Set<Integer> bannedTokens) {
    try {
      return new SamplingSettings(
          temperature,
          topK,
          topP,
          minP,
          repetitionPenalty,
          maxTokens,
          stopTokens,
          bannedTokens,
          stop);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(List.of(e.getMessage()));
    }
  }

  /** Everything that can be judged without a model. */
  void check() {
    if (samples < 1) {
      throw new InvalidConfigException(
          List.of("--samples must be at least 1 but was %d".formatted(samples)));
    }
    settings(Set.of(), Set.of());
  }

  /** One line with every setting. */
  String echo(SamplingSettings settings) {
    return "%s seed=%d samples=%d".formatted(settings.echo(), seed, samples);
  }
}
