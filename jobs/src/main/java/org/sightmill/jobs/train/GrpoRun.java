package org.sightmill.jobs.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.eval.SentPictures;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.jobs.spark.RunNumbers;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.checkpoint.Checkpoints;
import org.sightmill.trainer.distributed.RolloutTable;
import org.sightmill.trainer.grpo.Crew;
import org.sightmill.trainer.grpo.GrpoData;
import org.sightmill.trainer.grpo.GrpoRecipe;
import org.sightmill.trainer.grpo.LocalCrew;
import org.sightmill.trainer.metric.RolloutFiles;
import org.sightmill.trainer.metric.RolloutSink;
import org.sightmill.trainer.metric.RunLog;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.update.MemoryNeed;

/** GRPO from configuration to trained model, in this process or on a cluster. */
public final class GrpoRun implements Training {
  private final GrpoConfig config;
  private final TrainingRun run;

  /** A run by a configuration without problems. */
  public GrpoRun(GrpoConfig config) {
    this.config = config;
    this.run = new TrainingRun("grpo", config.layout(), config.arm());
  }

  /** What keeps the run from starting, found without loading anything. */
  @Override
  public List<String> problems() {
    boolean here = !TrainingCluster.isWanted(); // else devices and memory are those of executors
    List<String> problems = new ArrayList<>(here ? config.device().problems() : List.of());
    TrainingRun.choosing(config.loadBestModelAtEnd(), config.data()).ifPresent(problems::add);
    problems.addAll(Rewards.problems(config.reward()));
    if (!problems.isEmpty()) {
      return problems;
    }
    try {
      if (here) {
        plan().requireFits(memoryBytes());
      }
    } catch (CheckpointException | IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    return problems;
  }

  /** Bytes that the run needs, part by part. */
  @Override
  public String memory() {
    return plan().describe();
  }

  private MemoryPlan plan() {
    return need().plan(run.modelHere(config.model().path()));
  }

  /**
   * What differentiating keeps, which is more than what sampling does; and a second copy of the
   * weights, unless new adapters that are off are the reference.
   */
  private MemoryNeed need() {
    int tokens = config.prompt().maxPromptLength() + config.rollout().maxCompletionLength();
    return new MemoryNeed(
        config.model(),
        new MemoryPlan.Load(config.batch().microBatchSize(), tokens, config.model().passMode()),
        config.kl().beta() > 0 && !config.model().startsAtItsBase(),
        config.memoryBytes());
  }

  private long memoryBytes() {
    return config.memoryBytes() == null ? config.device().memoryBytes() : config.memoryBytes();
  }

  /** Where this training's own record lies, beside that of the six steps. */
  @Override
  public RunLayout record() {
    return run.record();
  }

  /** Where the trained model lies afterwards. */
  @Override
  public Path model() {
    return run.folder().resolve("model");
  }

  /** Where metrics, resume points and the trained model lie. */
  @Override
  public String home() {
    return run.home();
  }

  /** Trains. */
  @Override
  public Map<String, Double> train(Start start, PrintWriter screen) throws IOException {
    try (RunFolder place = run.prepare(start)) {
      TrainingSamples samples = run.samples(config.data(), "rl", config.run().seed());
      run.tell(samples, screen);
      Optional<TrainingCluster> cluster = TrainingCluster.ifWanted("grpo");
      try (Crew crew = crew(cluster, samples)) {
        run.writeDevices(cluster.map(TrainingCluster::executors).orElse(1));
        return train(start, place, samples, crew, screen);
      } finally {
        if (config.reward().scorer() != null) {
          SentPictures.clear(home());
        }
        cluster.ifPresent(TrainingCluster::close);
      }
    }
  }

  private Crew crew(Optional<TrainingCluster> cluster, TrainingSamples samples) throws IOException {
    return cluster.isPresent()
        ? cluster.get().grpo(config, need(), samples.pictures(), home())
        : LocalCrew.open(
            config.device(),
            config.model().at(run.modelHere(config.model().path()).toString()),
            config.setup(),
            config.prompt(),
            samples.pictures(),
            Rewards.open(config.reward(), samples.pictures(), home()));
  }

  /** Completions for people, all rollouts for notebooks. */
  private RolloutSink sink(Path folder) {
    RolloutSink files = new RolloutFiles(folder.resolve("completions"), config.completionSteps());
    RolloutSink table =
        new RolloutTable(
            folder.resolve("rollouts").toUri().toString(), HadoopSettings.fromProperties());
    return (step, rows) -> {
      RunNumbers.current().add(step, rows);
      files.write(step, rows);
      table.write(step, rows);
    };
  }

  private Map<String, Double> train(
      Start start, RunFolder place, TrainingSamples samples, Crew crew, PrintWriter screen)
      throws IOException {
    Path folder = place.local();
    Checkpoints checkpoints =
        new Checkpoints(
            folder.resolve("checkpoints"), config.run().saveTotalLimit(), place::publish);
    if (start == Start.FRESH) {
      checkpoints.clear();
      place.publish();
    }
    GrpoRecipe recipe =
        new GrpoRecipe(
            config.setup(),
            config.run(),
            new GrpoData(samples.training(), samples.heldOut()),
            crew,
            checkpoints,
            sink(folder));
    if (start == Start.RESUME && recipe.resume()) {
      screen.printf("Going on behind step %d%n", recipe.doneSteps());
    }
    Map<String, Double> last;
    try (RunLog log = RunLog.open(folder, recipe.doneSteps(), recipe.totalSteps(), screen)) {
      last = recipe.run(log);
      if (config.loadBestModelAtEnd()) {
        run.choose(checkpoints, recipe.doneSteps(), crew::load, screen);
      }
    }
    crew.export(folder.resolve("model"));
    AdapterFiles.move(folder.resolve("model"), folder.resolve("adapter"));
    place.publish();
    return last;
  }
}
