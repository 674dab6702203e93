package org.sightmill.pipeline.quality;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * The checks that look at a row alone: lengths, language, and the words of benchmarks. Runs on
 * executors.
 *
 * @param runs of the benchmarks; null where none is configured
 */
record RowChecks(QualitySettings settings, Broadcast<RunIndex> runs)
    implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What the later checks need, and the outcome. */
  static final StructType TYPE =
      StructType.fromDDL(
          "sample_id string, image_sha256 string, image_path string, question string,"
              + " choices array<string>, answer string, code string, detail string");

  /** The part of the configuration that rows are checked by. Sent to executors. */
  record QualitySettings(LengthLimits lengths, LanguageFilter languages, double overlap)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Row call(Row row) {
    Optional<Reject> reject = reject(row);
    return RowFactory.create(
        row.getAs("sample_id"),
        row.getAs("image_sha256"),
        row.getAs("image_path"),
        row.getAs("question"),
        row.getAs("choices"),
        row.getAs("answer"),
        reject.map(r -> r.reason().code()).orElse(null),
        reject.map(Reject::detail).orElse(null));
  }

  private Optional<Reject> reject(Row row) {
    String question = row.getAs("question");
    return lengths(row)
        .or(() -> language(question == null ? "" : question))
        .or(() -> benchmark(question));
  }

  private Optional<Reject> lengths(Row row) {
    LengthLimits limits = settings.lengths();
    return limits == null
        ? Optional.empty()
        : length("question", limits.question(), row)
            .or(() -> length("reasoning", limits.reasoning(), row))
            .or(() -> length("response", limits.response(), row));
  }

  private static Optional<Reject> length(String column, LengthLimits.Range range, Row row) {
    if (range == null) {
      return Optional.empty();
    }
    int words = QuestionText.of(row.getAs(column)).words().size();
    return range.holds(words)
        ? Optional.empty()
        : Optional.of(
            new Reject(RejectReason.TEXT_LENGTH, "%s has %d words".formatted(column, words)));
  }

  private Optional<Reject> language(String question) {
    LanguageFilter filter = settings.languages();
    if (filter == null) {
      return Optional.empty();
    }
    Optional<Language> language = Language.of(question);
    if (language.isEmpty()) {
      return filter.undetermined() == LanguageFilter.Undetermined.KEEP
          ? Optional.empty()
          : Optional.of(new Reject(RejectReason.TEXT_LANGUAGE, "question tells no language"));
    }
    String code = language.get().code();
    return filter.allowed().contains(code)
        ? Optional.empty()
        : Optional.of(new Reject(RejectReason.TEXT_LANGUAGE, "question looks like " + code));
  }

  private Optional<Reject> benchmark(String question) {
    return runs == null
        ? Optional.empty()
        : runs.value()
            .match(question, settings.overlap())
            .map(
                match ->
                    new Reject(
                        RejectReason.BENCHMARK_QUESTION,
                        "shares %d %% of the shorter question's word runs with %s"
                            .formatted(Math.round(match.overlap() * 100), match.item())));
  }
}
