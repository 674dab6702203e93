package org.sightmill.pipeline.quality;

/**
 * What a set of rows is held to. Each check is optional: null leaves it out. They run in this
 * order, each on what the ones before have left.
 */
public record QualityConfig(
    LengthLimits lengths,
    LanguageFilter languages,
    BenchmarkOverlap benchmarks,
    DuplicateImages duplicateImages,
    DuplicateQuestions duplicateQuestions,
    Balance balance) {
  /** No checks. */
  public static final QualityConfig DEFAULT = new QualityConfig(null, null, null, null, null, null);

  /** These checks with that of lengths. */
  public QualityConfig with(LengthLimits other) {
    return new QualityConfig(
        other, languages, benchmarks, duplicateImages, duplicateQuestions, balance);
  }

  /** These checks with that of languages. */
  public QualityConfig with(LanguageFilter other) {
    return new QualityConfig(
        lengths, other, benchmarks, duplicateImages, duplicateQuestions, balance);
  }

  /** These checks with that against benchmarks. */
  public QualityConfig with(BenchmarkOverlap other) {
    return new QualityConfig(
        lengths, languages, other, duplicateImages, duplicateQuestions, balance);
  }

  /** These checks with that of pictures. */
  public QualityConfig with(DuplicateImages other) {
    return new QualityConfig(lengths, languages, benchmarks, other, duplicateQuestions, balance);
  }

  /** These checks with that of questions. */
  public QualityConfig with(DuplicateQuestions other) {
    return new QualityConfig(lengths, languages, benchmarks, duplicateImages, other, balance);
  }

  /** These checks with a balance. */
  public QualityConfig with(Balance other) {
    return new QualityConfig(
        lengths, languages, benchmarks, duplicateImages, duplicateQuestions, other);
  }
}
