package org.sightmill.jobs.eval;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.collect.source.procedural.ProceduralConfig;
import org.sightmill.pipeline.collect.source.procedural.ProceduralLabel;
import org.sightmill.pipeline.collect.source.procedural.ProceduralSource;
import org.sightmill.trainer.eval.Benchmarks;
import org.sightmill.trainer.eval.ResultFile;

/** Generated questions as rows of a generic benchmark; another seed than training's is unseen. */
public final class ProceduralBenchmark {
  private static final List<String> COLUMNS =
      List.of("index", "image", "question", "choices", "answer", "answer_type", "category");

  private ProceduralBenchmark() {}

  /**
   * Writes {@code <dataset>.tsv} into a folder; the category is the kind of question.
   *
   * @param folder any Hadoop path
   */
  public static BenchmarkFile write(
      String dataset, ProceduralConfig questions, String folder, Configuration hadoop) {
    Path file = new Path(folder, dataset + ".tsv");
    ProceduralSource source = new ProceduralSource(questions);
    try (Writer out =
        new OutputStreamWriter(file.getFileSystem(hadoop).create(file), StandardCharsets.UTF_8)) {
      ResultFile.writeCells(out, COLUMNS);
      for (long row = 0; row < questions.rows(); row++) {
        ResultFile.writeCells(out, cells(row, source.label(row), source.item(row).png()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return new BenchmarkFile(dataset, Benchmarks.named("generic").orElseThrow(), file.toString());
  }

  private static List<String> cells(long row, ProceduralLabel label, byte[] png) {
    return List.of(
        Long.toString(row),
        Base64.getEncoder().encodeToString(png),
        label.question(),
        label.choices() == null ? "" : listed(label.choices().options()),
        label.answer(),
        label.answerType().label(),
        label.family().name().toLowerCase(Locale.ROOT));
  }

  /** As Python writes a list of texts. */
  private static String listed(List<String> options) {
    return options.stream()
        .map(option -> "'" + option.replace("\\", "\\\\").replace("'", "\\'") + "'")
        .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
  }
}
