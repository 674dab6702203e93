package org.sightmill.jobs.arms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.jobs.config.ArmSection;
import org.sightmill.jobs.config.CompareConfig;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.config.LoadedRecord;
import org.sightmill.jobs.config.SftConfig;
import org.sightmill.jobs.spark.HadoopProbe;
import org.sightmill.jobs.train.GrpoRun;
import org.sightmill.jobs.train.SftRun;

/**
 * Reads the training files of arms, with what the comparison says over them: root and run, arm,
 * seed, checkpoint, the model to start from, and that SFT leaves out what RL after it will see.
 */
final class ArmLoader {
  private final CompareConfig config;
  private final List<String> problems;

  /**
   * A loader.
   *
   * @param problems gets what is wrong with the files
   */
  ArmLoader(CompareConfig config, List<String> problems) {
    this.config = config;
    this.problems = problems;
  }

  /**
   * One run of an arm.
   *
   * @param start folder of the model it starts from; empty for the file's
   */
  Optional<TrainedArm> load(ArmSection arm, int run, Optional<String> start) {
    ConfigRequest request = request(arm, run, start, List.of());
    if (arm.grpo() != null) {
      return bound(GrpoConfig.class, arm, request)
          .map(grpo -> new TrainedArm(arm, run, grpo, new GrpoRun(grpo)));
    }
    return bound(SftConfig.class, arm, withoutSeenLater(arm, run, start, request))
        .map(sft -> new TrainedArm(arm, run, sft, new SftRun(sft)));
  }

  private ConfigRequest request(
      ArmSection arm, int run, Optional<String> start, List<String> further) {
    List<String> sets = new ArrayList<>(further);
    if (!config.seeds().isEmpty()) {
      sets.add("run.seed=" + config.seeds().get(run - 1));
    }
    sets.add("load_best_model_at_end=" + (config.checkpoint() == CompareConfig.Choice.BEST));
    SortedMap<String, String> ofAll = arm.sft() == null ? config.grpoSet() : config.sftSet();
    ofAll.forEach((key, value) -> sets.add(assignment(key, value)));
    arm.set().forEach((key, value) -> sets.add(assignment(key, value)));
    ConfigRequest request =
        new ConfigRequest(arm.file(), sets, new TreeMap<>())
            .with("root", config.root())
            .with("run_id", config.runId())
            .with("arm", arm.folder(run));
    return start.isPresent() ? request.with("model.path", start.get()) : request;
  }

  /** {@code {run}} stands for the run's folder. */
  private String assignment(String key, String value) {
    return key + "=" + value.replace("{run}", config.layout().folder().toString());
  }

  private <T extends Record> Optional<T> bound(
      Class<T> type, ArmSection arm, ConfigRequest request) {
    LoadedRecord<T> loaded = new ConfigLoader(new HadoopProbe()).load(type, request);
    loaded.problems().forEach(problem -> problems.add("arm %s: %s".formatted(arm.name(), problem)));
    return loaded.problems().isEmpty() ? Optional.of(loaded.config()) : Optional.empty();
  }

  /** Generated rows have ids of their own; what an arm says itself stays. */
  private ConfigRequest withoutSeenLater(
      ArmSection arm, int run, Optional<String> start, ConfigRequest request) {
    Optional<String> later = seenLater(arm);
    LoadedRecord<SftConfig> plain =
        new ConfigLoader(new HadoopProbe()).load(SftConfig.class, request);
    boolean generated = plain.config() == null || plain.config().data().procedural() != null;
    return later.isEmpty() || generated
        ? request
        : request(
            arm, run, start, List.of("data.without='" + later.get().replace("'", "''") + "'"));
  }

  /** The rows of the GRPO that starts from this arm, if one does. */
  private Optional<String> seenLater(ArmSection arm) {
    List<String> folders = new ArrayList<>();
    for (ArmSection next : config.arms()) {
      if (next.grpo() != null && arm.name().equals(next.from())) {
        LoadedRecord<GrpoConfig> grpo =
            new ConfigLoader(new HadoopProbe())
                .load(GrpoConfig.class, request(next, 1, Optional.of("unused"), List.of()));
        if (grpo.config() != null && grpo.config().data().procedural() == null) {
          String own = config.layout().folder() + "/6-curate/rl";
          String path = grpo.config().data().path();
          folders.add(path == null ? own : path);
        }
      }
    }
    if (folders.stream().distinct().count() > 1) {
      problems.add(
          "arm %s: GRPO starts from it on different rows, %s: give each an SFT arm of its own"
              .formatted(arm.name(), String.join(" and ", folders)));
    }
    return folders.stream().findFirst();
  }
}
