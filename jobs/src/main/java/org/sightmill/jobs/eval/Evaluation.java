package org.sightmill.jobs.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.trainer.eval.AnswerJudge;
import org.sightmill.trainer.eval.ArmResult;
import org.sightmill.trainer.eval.BenchmarkResult;
import org.sightmill.trainer.eval.BenchmarkRow;
import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.ItemScore;
import org.sightmill.trainer.eval.Prediction;
import org.sightmill.trainer.eval.ResultFile;
import org.sightmill.trainer.eval.Scoring;
import org.sightmill.trainer.eval.TsvReader;
import org.sightmill.trainer.eval.Unit;

/**
 * Evaluates arms: asks where there are no predictions, scores, writes. Below the output folder each
 * arm has {@code <arm>/<dataset>/predictions} (Parquet), {@code <arm>/<arm>_<dataset>.tsv} (what
 * VLMEvalKit's scorers read) and {@code <arm>/evaluation.json}. Lives on the driver.
 */
public final class Evaluation {
  /** The file with an arm's result. */
  public static final String RESULT = "evaluation.json";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final Path output;
  private final List<BenchmarkFile> benchmarks;
  private final Decoding decoding;
  private final Optional<String> trainedUnder;
  private final Optional<AnswerJudge> judge;

  /**
   * An evaluation into a folder.
   *
   * @param trainedUnder system prompt of training; empty for the packaged one
   */
  public Evaluation(
      SparkSession spark,
      Path output,
      List<BenchmarkFile> benchmarks,
      Decoding decoding,
      Optional<String> trainedUnder,
      Optional<AnswerJudge> judge) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.output = qualified(output);
    this.benchmarks = List.copyOf(benchmarks);
    this.decoding = decoding;
    this.trainedUnder = trainedUnder;
    this.judge = judge;
  }

  /** Executors have working folders of their own: a relative path is the driver's. */
  private Path qualified(Path path) {
    try {
      return path.getFileSystem(hadoop).makeQualified(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach " + path, e);
    }
  }

  /** Evaluates one arm, going on where an earlier run of the same settings stopped. */
  public ScoredArm run(ArmSpec arm) {
    return run(arm, 1);
  }

  /**
   * Evaluates another run of an arm.
   *
   * @param seed counted from 1: which of the arm's runs this is
   */
  public ScoredArm run(ArmSpec arm, int seed) {
    String folder = RunLayout.sanitised(arm.name()) + (seed == 1 ? "" : "-" + seed);
    Path place = new Path(output, folder);
    return run(arm, arm.model().map(model -> source(model, arm, place)), place);
  }

  private AnswererSource source(String model, ArmSpec arm, Path folder) {
    return arm.endpoints().isEmpty()
        ? ModelSource.of(model, decoding)
        : EndpointSource.of(model, arm.endpoints(), decoding, folder.toString());
  }

  /** The same with another source of answers. */
  ScoredArm run(ArmSpec arm, Optional<AnswererSource> source, Path folder) {
    requireSameSettings(arm, folder);
    List<BenchmarkResult> results = new ArrayList<>();
    Map<BenchmarkFile, Map<ItemScore.Column, List<Unit>>> units = new LinkedHashMap<>();
    for (BenchmarkFile file : benchmarks) {
      Map<String, Prediction> predictions = predictions(arm, source, file, folder);
      writeResultFile(file, predictions, resultFile(arm, file, folder));
      List<ItemScore> scores = scores(arm, file, predictions);
      results.add(
          BenchmarkResult.of(file.benchmark(), scores, judge.map(AnswerJudge::name))
              .named(file.title()));
      units.put(file, ScoredArm.units(file, scores));
    }
    ExecutorAnswerer.close();
    SentPictures.clear(folder.toString());
    ArmResult result = new ArmResult(arm.name(), arm.place(), describe(arm), arm.style(), results);
    write(new Path(folder, RESULT), result);
    return new ScoredArm(result, units);
  }

  private String describe(ArmSpec arm) {
    return arm.model().isPresent() ? decoding.describe() : "predictions as given";
  }

  private Map<String, Prediction> predictions(
      ArmSpec arm, Optional<AnswererSource> source, BenchmarkFile file, Path folder) {
    if (source.isPresent()) {
      return new AnswerJob(spark, arm.style().system(trainedUnder), source.get())
          .run(file, new Path(folder, RunLayout.sanitised(file.dataset()) + "/predictions"));
    }
    String place = arm.predictions().get(file.dataset());
    if (place == null) {
      throw new InvalidConfigException(
          List.of("arm %s has no predictions for %s".formatted(arm.name(), file.dataset())));
    }
    Path path = new Path(place);
    return place.endsWith(".tsv")
        ? Predictions.resultFile(path, hadoop)
        : Predictions.parquet(spark, path);
  }

  /** Predictions of other settings must not be mixed in. */
  private void requireSameSettings(ArmSpec arm, Path folder) {
    Path file = new Path(folder, "_settings.json");
    String settings = settings(arm);
    try {
      FileSystem files = file.getFileSystem(hadoop);
      if (!files.exists(file)) {
        try (OutputStream out = files.create(file)) {
          out.write(settings.getBytes(StandardCharsets.UTF_8));
        }
        return;
      }
      try (java.io.InputStream in = files.open(file)) {
        String before = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (!before.equals(settings)) {
          throw new InvalidConfigException(
              List.of(
                  "%s holds predictions of other settings, %s: choose another --output or delete it"
                      .formatted(folder, before.strip())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or write " + file, e);
    }
  }

  private String settings(ArmSpec arm) {
    try {
      return Json.MAPPER.writeValueAsString(
          Map.of(
              "model", arm.model().map(model -> arm.place()).orElse(""),
              "system", arm.style().system(trainedUnder).orElse(""),
              "decoding", describe(arm)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can't fail to be written", e);
    }
  }

  private List<ItemScore> scores(
      ArmSpec arm, BenchmarkFile file, Map<String, Prediction> predictions) {
    try (TsvReader rows = file.rows(hadoop)) {
      return new Scoring(file.benchmark(), arm.style(), judge).score(rows, predictions);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.path(), e);
    }
  }

  private static Path resultFile(ArmSpec arm, BenchmarkFile file, Path folder) {
    String name = RunLayout.sanitised(arm.name()) + "_" + RunLayout.sanitised(file.dataset());
    return new Path(folder, name + ".tsv");
  }

  private void writeResultFile(
      BenchmarkFile file, Map<String, Prediction> predictions, Path target) {
    try (TsvReader rows = file.rows(hadoop);
        Writer out =
            new OutputStreamWriter(
                target.getFileSystem(hadoop).create(target), StandardCharsets.UTF_8)) {
      ResultFile result = new ResultFile(out, rows.columns());
      while (rows.hasNext()) {
        BenchmarkRow row = rows.next();
        Prediction prediction = predictions.get(row.index());
        result.write(
            row,
            prediction == null ? Prediction.none(row.index(), Prediction.MISSING) : prediction);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
  }

  /** Writes a result as JSON. */
  public void write(Path file, Object result) {
    try (OutputStream out = file.getFileSystem(hadoop).create(file)) {
      Json.MAPPER.writeValue(out, result);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
