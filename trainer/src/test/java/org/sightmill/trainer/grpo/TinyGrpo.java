package org.sightmill.trainer.grpo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import org.sightmill.trainer.checkpoint.Checkpoints;
import org.sightmill.trainer.loss.LossType;
import org.sightmill.trainer.metric.RolloutFiles;
import org.sightmill.trainer.metric.RunLog;
import org.sightmill.trainer.update.Hardware;
import org.sightmill.trainer.update.RunSettings;

/** A whole run of GRPO on a tiny model, also as a process of its own that can be killed. */
public final class TinyGrpo {
  private final Path model;
  private final Path run;

  TinyGrpo(Path model, Path run) {
    this.model = model;
    this.run = run;
  }

  /** Arguments: the model's folder, the run's folder, the number of steps. */
  public static void main(String[] arguments) throws IOException {
    new TinyGrpo(Path.of(arguments[0]), Path.of(arguments[1]))
        .train(Long.parseLong(arguments[2]), KlSettings.Place.LOSS);
  }

  /** Trains to a step of a run of 12, going on where an earlier process stopped. */
  Map<String, Double> train(long steps, KlSettings.Place place) throws IOException {
    KlSettings loss = TinySetups.inLoss();
    KlSettings kl =
        new KlSettings(
            loss.beta(),
            place,
            loss.klEstimator(),
            loss.klControl(),
            loss.klTarget(),
            loss.klHorizon());
    GrpoSetup setup = TinySetups.setup(LossType.DAPO, kl, new BatchSettings(16, 2, 1, 2, 4));
    try (LocalCrew crew =
        LocalCrew.open(
            Hardware.CPU,
            TinySetups.settings(model),
            setup,
            TinySetups.PROMPTS,
            TinySetups.NO_PICTURES,
            TinySetups.LENGTHS)) {
      GrpoRecipe recipe =
          new GrpoRecipe(
              setup,
              new RunSettings(steps, 1, 5, 1, 2, 0),
              new GrpoData(TinySetups.samples(6), java.util.List.of()),
              crew,
              new Checkpoints(run.resolve("checkpoints"), 2),
              new RolloutFiles(run.resolve("completions"), 1));
      recipe.resume();
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      try (RunLog log = RunLog.open(run, recipe.doneSteps(), steps, nowhere)) {
        return recipe.run(log);
      }
    }
  }
}
