package org.sightmill.jobs.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightmill.jobs.config.SftConfig;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.checkpoint.Checkpoints;
import org.sightmill.trainer.metric.RunLog;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.sft.LocalSftCrew;
import org.sightmill.trainer.sft.SftCrew;
import org.sightmill.trainer.sft.SftData;
import org.sightmill.trainer.sft.SftRecipe;
import org.sightmill.trainer.update.MemoryNeed;

/** Supervised fine-tuning from configuration to trained model. */
public final class SftRun implements Training {
  private final SftConfig config;
  private final TrainingRun run;

  /** A run by a configuration without problems. */
  public SftRun(SftConfig config) {
    this.config = config;
    this.run = new TrainingRun("sft", config.layout(), config.arm());
  }

  /** What keeps the run from starting, found without loading anything. */
  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    TrainingRun.choosing(config.loadBestModelAtEnd(), config.data()).ifPresent(problems::add);
    if (TrainingCluster.isWanted()) {
      return problems; // devices and memory are those of executors
    }
    problems.addAll(config.device().problems());
    if (!isMade() && problems.isEmpty()) {
      try {
        plan(run.modelHere(config.model().path())).requireFits(memoryBytes());
      } catch (CheckpointException | IllegalArgumentException e) {
        problems.add("model: " + e.getMessage());
      }
    }
    return problems;
  }

  /** Whether the model that is trained is made first. */
  private boolean isMade() {
    return config.newModel() != null
        && !Files.exists(Path.of(config.model().path()).resolve("config.json"));
  }

  /** Bytes that the run needs, part by part; said of a model that is there. */
  @Override
  public String memory() {
    return isMade()
        ? "known when the model is made"
        : plan(run.modelHere(config.model().path())).describe();
  }

  private MemoryPlan plan(Path model) {
    return need().plan(model);
  }

  private MemoryNeed need() {
    int tokens = Math.min(config.sft().maxLength(), config.sft().maxTokensPerBatch());
    int rows = Math.max(1, config.sft().maxTokensPerBatch() / tokens);
    return new MemoryNeed(
        config.model(),
        new MemoryPlan.Load(rows, tokens, config.model().passMode()),
        false,
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
      TrainingSamples samples = run.samples(config.data(), "sft", config.run().seed());
      run.tell(samples, screen);
      TrainingRun.makeModel(
          config.newModel(),
          Path.of(config.model().path()),
          config.prompt()::systemPrompt,
          samples.training());
      Optional<TrainingCluster> cluster = TrainingCluster.ifWanted("sft");
      try (SftCrew crew = crew(cluster, samples)) {
        run.writeDevices(cluster.map(TrainingCluster::executors).orElse(1));
        return train(start, place, samples, crew, screen);
      } finally {
        cluster.ifPresent(TrainingCluster::close);
      }
    }
  }

  private SftCrew crew(Optional<TrainingCluster> cluster, TrainingSamples samples)
      throws IOException {
    return cluster.isPresent()
        ? cluster.get().sft(config, need(), samples.pictures())
        : LocalSftCrew.open(
            config.device(),
            config.model().at(run.modelHere(config.model().path()).toString()),
            config.sft(),
            config.optimizer(),
            config.prompt(),
            samples.pictures());
  }

  private Map<String, Double> train(
      Start start, RunFolder place, TrainingSamples samples, SftCrew crew, PrintWriter screen)
      throws IOException {
    Path folder = place.local();
    Checkpoints checkpoints =
        new Checkpoints(
            folder.resolve("checkpoints"), config.run().saveTotalLimit(), place::publish);
    if (start == Start.FRESH) {
      checkpoints.clear();
      place.publish();
    }
    SftRecipe recipe =
        new SftRecipe(
            config.sft(),
            config.run(),
            config.optimizer(),
            new SftData(samples.training(), samples.heldOut()),
            crew,
            checkpoints);
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
