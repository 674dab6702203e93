package org.sightmill.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.Json;

/**
 * What a report is made from beside the six steps.
 *
 * @param training runs in the order of the legend
 * @param evaluations folders that {@code evaluate} and {@code compare} wrote
 */
public record ReportSources(List<TrainingRun> training, List<Path> evaluations) {

  /** Copies the lists. */
  public ReportSources {
    training = List.copyOf(training);
    evaluations = List.copyOf(evaluations);
  }

  /** What lies in a run's own folder: run logs one or two folders down, and {@code evaluate}. */
  public static ReportSources within(Path run, Configuration hadoop) {
    List<TrainingRun> training = new ArrayList<>();
    for (String folder : List.of("sft", "grpo")) {
      addTraining(new Path(run, folder), hadoop, training);
    }
    children(new Path(run, "train"), hadoop).forEach(arm -> addTraining(arm, hadoop, training));
    Path evaluate = new Path(run, "evaluate");
    return new ReportSources(training, exists(evaluate, hadoop) ? List.of(evaluate) : List.of());
  }

  private static void addTraining(Path folder, Configuration hadoop, List<TrainingRun> training) {
    if (exists(new Path(folder, TrainingRun.METRICS), hadoop)) {
      training.add(new TrainingRun(folder.getName(), folder));
    }
  }

  /** These and others. */
  public ReportSources and(ReportSources more) {
    List<TrainingRun> runs = new ArrayList<>(training);
    runs.addAll(more.training());
    List<Path> folders = new ArrayList<>(evaluations);
    folders.addAll(more.evaluations());
    return new ReportSources(runs, folders);
  }

  static List<Path> children(Path folder, Configuration hadoop) {
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      return files.exists(folder)
          ? Arrays.stream(files.listStatus(folder))
              .map(FileStatus::getPath)
              .sorted(Comparator.comparing(Path::getName))
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /** The content of a JSON file; empty when it is not there. */
  static Optional<JsonNode> json(Path file, Configuration hadoop) throws IOException {
    if (!exists(file, hadoop)) {
      return Optional.empty();
    }
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return Optional.of(Json.MAPPER.readTree(in));
    }
  }

  static boolean exists(Path path, Configuration hadoop) {
    try {
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for " + path, e);
    }
  }
}
