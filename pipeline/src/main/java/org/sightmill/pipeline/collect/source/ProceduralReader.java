package org.sightmill.pipeline.collect.source;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.collect.source.procedural.ProceduralConfig;
import org.sightmill.pipeline.collect.source.procedural.ProceduralFamily;
import org.sightmill.pipeline.collect.source.procedural.ProceduralItem;
import org.sightmill.pipeline.collect.source.procedural.ProceduralLabel;
import org.sightmill.pipeline.collect.source.procedural.ProceduralSource;

/**
 * Generated questions and pictures, made by the executors row by row. Needs no path. Options, each
 * with the default of {@link ProceduralConfig}: {@code rows} (default {@value #DEFAULT_ROWS}),
 * {@code seed} (default {@value #DEFAULT_SEED}), {@code difficulty_levels}, {@code
 * wrong_rationale_rate}, {@code caption_mention_rate}, {@code min_side_pixels}, {@code
 * max_side_pixels}, and {@code weight.<family>} for the share of each family; where one weight is
 * given, families without one have none.
 */
public final class ProceduralReader implements SourceReader {
  /** Enough to see every family and level. */
  public static final long DEFAULT_ROWS = 1_000;

  /** Any value is as good as another. */
  public static final long DEFAULT_SEED = 0;

  private static final String WEIGHT = "weight.";
  private static final String LICENSE = "Apache-2.0";
  private static final int PARTITIONS_PER_SLOT = 4;
  private static final int MAX_ROWS_PER_PARTITION = 2_000;

  @Override
  public String name() {
    return "procedural";
  }

  @Override
  public String version() {
    return Integer.toString(ProceduralSource.GENERATOR_VERSION);
  }

  @Override
  public List<String> problems(SourceConfig config) {
    List<String> problems = new ArrayList<>();
    if (config.path() != null || config.images() != null) {
      problems.add("path and images are not used by reader procedural");
    }
    try {
      Settings.of(config.options());
    } catch (IllegalArgumentException e) {
      problems.add("options: " + e.getMessage());
    }
    return problems;
  }

  @Override
  public List<String> inputs(SourceConfig config) {
    return List.of();
  }

  @Override
  public Dataset<Row> read(SparkSession spark, SourceConfig config) {
    long rows = Settings.of(config.options()).rows();
    long slots = (long) spark.sparkContext().defaultParallelism() * PARTITIONS_PER_SLOT;
    long partitions = Math.max(Math.min(rows, slots), rows / MAX_ROWS_PER_PARTITION);
    return spark
        .range(0, rows, 1, Math.toIntExact(Math.max(1, partitions)))
        .mapPartitions(new Rows(config), Encoders.row(RawSchema.TYPE));
  }

  /** The options as the generator's configuration. */
  static final class Settings {
    private final SortedMap<String, String> left;

    private Settings(Map<String, String> options) {
      this.left = new TreeMap<>(options);
    }

    static ProceduralConfig of(Map<String, String> options) {
      return new Settings(options).config();
    }

    private ProceduralConfig config() {
      long seed = number("seed", DEFAULT_SEED, Long::valueOf);
      long rows = number("rows", DEFAULT_ROWS, Long::valueOf);
      int levels =
          number("difficulty_levels", ProceduralConfig.DEFAULT_DIFFICULTY_LEVELS, Integer::valueOf);
      double wrong =
          number(
              "wrong_rationale_rate",
              ProceduralConfig.DEFAULT_WRONG_RATIONALE_RATE,
              Double::valueOf);
      double mentions =
          number(
              "caption_mention_rate",
              ProceduralConfig.DEFAULT_CAPTION_MENTION_RATE,
              Double::valueOf);
      int minSide =
          number("min_side_pixels", ProceduralConfig.DEFAULT_MIN_SIDE_PIXELS, Integer::valueOf);
      int maxSide =
          number("max_side_pixels", ProceduralConfig.DEFAULT_MAX_SIDE_PIXELS, Integer::valueOf);
      Map<ProceduralFamily, Double> weights = weights();
      new Checks().that(left.isEmpty(), "unknown keys " + left.keySet()).orThrow();
      return new ProceduralConfig(seed, rows, weights, levels, wrong, mentions, minSide, maxSide);
    }

    private Map<ProceduralFamily, Double> weights() {
      Map<ProceduralFamily, Double> weights = new TreeMap<>();
      for (ProceduralFamily family : ProceduralFamily.values()) {
        String key = WEIGHT + family.label();
        if (left.containsKey(key)) {
          weights.put(family, number(key, 0.0, Double::valueOf));
        }
      }
      return weights.isEmpty() ? ProceduralConfig.equalWeights() : weights;
    }

    private <T> T number(String key, T missing, Function<String, T> parse) {
      String text = left.remove(key);
      try {
        return text == null ? missing : parse.apply(text.strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "%s must be a number but was '%s'".formatted(key, text), e);
      }
    }
  }

  /** Indices to rows; the generator is made anew in each task. */
  private record Rows(SourceConfig config) implements MapPartitionsFunction<Long, Row> {
    @Override
    public Iterator<Row> call(Iterator<Long> indices) {
      ProceduralSource source = new ProceduralSource(Settings.of(config.options()));
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return indices.hasNext();
        }

        @Override
        public Row next() {
          long index = indices.next();
          return row(config, index, source.item(index));
        }
      };
    }

    private static Row row(SourceConfig config, long index, ProceduralItem item) {
      ProceduralLabel label = item.label();
      RawRow row =
          new RawRow(config.name(), "procedural", index + 1)
              .text(RawSchema.ID, label.id())
              .imageBytes(item.png())
              .text(RawSchema.QUESTION, label.question())
              .text(RawSchema.ANSWER, label.answer())
              .text(RawSchema.ANSWER_TYPE, label.answerType().label())
              .text(RawSchema.BOX_SCALE, "unit")
              .text(RawSchema.CONTEXT, label.context())
              .text(RawSchema.RATIONALE, label.rationale())
              .text(RawSchema.LICENSE, LICENSE)
              .text(RawSchema.META, label.meta());
      if (label.choices() != null) {
        row.text(RawSchema.ANSWER_AS, "letter").choices(label.choices().options());
      }
      return row.toRow();
    }
  }
}
