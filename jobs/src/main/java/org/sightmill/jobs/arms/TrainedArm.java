package org.sightmill.jobs.arms;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.jobs.config.ArmSection;
import org.sightmill.jobs.config.ConfigWriter;
import org.sightmill.jobs.provenance.BuildInfo;
import org.sightmill.jobs.provenance.RunRecord;
import org.sightmill.jobs.provenance.RunStatus;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.jobs.train.Start;
import org.sightmill.jobs.train.Training;

/**
 * One training of an arm.
 *
 * @param run counted from 1: which of the arm's seeds
 * @param config an {@code SftConfig} or a {@code GrpoConfig}, as it is recorded
 */
record TrainedArm(ArmSection section, int run, Record config, Training training) {
  private static final String DONE = "done";

  /** Its folder's name. */
  String name() {
    return section.folder(run);
  }

  Path model() {
    return training.model().toAbsolutePath();
  }

  /** Whether its model is there, whole. */
  boolean isThere() {
    boolean stopped =
        record().read(RunRecord.STATUS).filter(status -> !status.contains(DONE)).isPresent();
    return !stopped && Files.exists(model().resolve("config.json"));
  }

  private RunRecord record() {
    return new RunRecord(training.record(), HadoopSettings.fromProperties());
  }

  /** What keeps it from being trained, or from being what is asked for. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Optional<String> before = record().read(RunRecord.CONFIG);
    if (before.isPresent() && !lines(before.get()).equals(lines(ConfigWriter.toYaml(config)))) {
      problems.add(
          "arm %s was trained under another configuration, which is in %s/_run: name it otherwise, or delete that folder"
              .formatted(name(), training.record().folder()));
    }
    // What an arm starts from may not be trained yet.
    if (section.from() == null && !isThere()) {
      training
          .problems()
          .forEach(problem -> problems.add("arm %s: %s".formatted(section.name(), problem)));
    }
    return problems;
  }

  /** In an order of their own: sets are written in any. */
  private static List<String> lines(String yaml) {
    return yaml.lines().map(String::strip).sorted().toList();
  }

  /** Trains it, or goes on with it, unless its model is there. */
  void train(PrintWriter screen) {
    if (isThere()) {
      screen.printf("Arm %s is trained already%n", name());
      return;
    }
    screen.printf("Training arm %s by %s%n", name(), section.file());
    RunRecord record = record();
    String started = Instant.now().toString();
    record.config(ConfigWriter.toYaml(config));
    record.versions(BuildInfo.read(), "not used");
    record.status(new RunStatus("compare", "running", null, List.of(), started, null));
    try {
      training.train(Start.RESUME, screen);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot train arm " + name(), e);
    }
    record.status(new RunStatus("compare", DONE, 0, List.of(), started, Instant.now().toString()));
  }
}
