package org.sightmill.jobs.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.config.DataSection;
import org.sightmill.jobs.config.NewModelSection;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.trainer.checkpoint.Checkpoints;
import org.sightmill.trainer.data.TinyBase;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.distributed.ModelPath;
import org.sightmill.trainer.token.MergeLearner;

/** What {@code sft} and {@code grpo} do alike around their recipes. */
public final class TrainingRun {
  /** Texts that a new tokenizer's merges are learned from: more change nothing. */
  private static final int TOKENIZER_TEXTS = 2_000;

  private final String command;
  private final RunLayout layout;
  private final String arm; // null for the run's only training of its kind
  private RunFolder place; // null until it is asked for
  private Path model; // likewise

  /** A run of a command; {@code arm} is null unless it is one of several. */
  TrainingRun(String command, RunLayout layout, String arm) {
    this.arm = arm;
    this.command = command;
    this.layout = layout;
  }

  /** Where metrics, resume points and the trained model lie, a Hadoop URI. */
  String home() {
    return layout.folder() + "/" + (arm == null ? command : "train/" + arm);
  }

  /**
   * The folder to write what belongs there.
   *
   * @throws UncheckedIOException when the root can't be reached
   */
  synchronized RunFolder place() {
    if (place == null) {
      try {
        place = RunFolder.of(home(), HadoopSettings.fromProperties());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot reach " + home(), e);
      }
    }
    return place;
  }

  /** The folder, with what a run goes on from where it goes on. */
  RunFolder prepare(Start start) throws IOException {
    RunFolder ready = place();
    if (start == Start.RESUME) {
      ready.fetch();
    }
    return ready;
  }

  /** The folder on this machine. */
  Path folder() {
    return place().local();
  }

  /** The folder of a model on this machine, fetched once where {@code path} is a URI elsewhere. */
  synchronized Path modelHere(String path) {
    if (model == null) {
      Configuration hadoop = HadoopSettings.fromProperties();
      try {
        model = ModelPath.of(path, hadoop).here(hadoop);
      } catch (IOException e) {
        throw new UncheckedIOException("model.path %s can't be fetched".formatted(path), e);
      }
    }
    return model;
  }

  /** Where its own record lies. */
  RunLayout record() {
    String run = layout.folder().toString();
    return arm == null ? new RunLayout(run, command) : new RunLayout(run + "/train", arm);
  }

  /** The rows: generated, or read with a Spark session that ends before training starts. */
  public TrainingSamples samples(DataSection data, String subset, long seed) {
    if (data.procedural() != null) {
      return ProceduralSamples.of(data, seed);
    }
    String run = layout.folder().toString();
    DataSection placed =
        new DataSection(
            data.path() == null ? run + "/6-curate/" + subset : data.path(),
            data.images() == null ? run : data.images(),
            data.without(),
            data.sources(),
            null,
            data.limit(),
            data.heldOut());
    SparkSession spark = SparkSessions.open("sightmill " + command, Map.of());
    try {
      return CuratedSamples.of(spark, placed, placed.images(), seed);
    } finally {
      spark.stop();
    }
  }

  /** Makes the tiny model to start from, unless its folder is there. */
  public static void makeModel(
      NewModelSection section, Path folder, Supplier<String> system, List<VisualSample> samples) {
    if (section == null || Files.exists(folder.resolve("config.json"))) {
      return;
    }
    MergeLearner learner = new MergeLearner();
    learner.add(system.get());
    for (VisualSample sample : samples.subList(0, Math.min(TOKENIZER_TEXTS, samples.size()))) {
      learner.add(sample.question() + "\n" + String.join("\n", sample.options()));
      learner.add(sample.response() == null ? sample.answer() : sample.response());
    }
    try {
      new TinyBase(
              section.hidden(),
              section.layers(),
              section.maxPixels(),
              section.seed(),
              section.scale())
          .write(learner, section.merges(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a model in " + folder, e);
    }
  }

  /** The file that names the step whose model is left, where it was chosen. */
  public static final String CHOSEN = "chosen.json";

  /** Takes up a resume point. */
  interface Loader {
    /** Makes its weights the current ones. */
    void load(Path folder, long version) throws IOException;
  }

  /** What keeps a model from being chosen by held-out rows. */
  static Optional<String> choosing(boolean wanted, DataSection data) {
    return wanted && data.heldOut() == 0
        ? Optional.of("load_best_model_at_end needs rows to choose by: data.held_out is 0")
        : Optional.empty();
  }

  /** Goes back to the saved step that did best on the held-out rows, and says which it was. */
  void choose(Checkpoints checkpoints, long lastStep, Loader crew, PrintWriter screen)
      throws IOException {
    Optional<Checkpoints.Saved> best = checkpoints.bestSaved();
    long step = best.map(Checkpoints.Saved::step).orElse(lastStep);
    if (step != lastStep) {
      // GRPO counts versions of the policy in optimizer steps, SFT in steps.
      crew.load(
          best.get().folder(),
          best.get().state().path("optimizer_steps").asLong(best.get().step()));
    }
    screen.printf(
        "The model is that of step %d of %d, the best on held-out rows%n", step, lastStep);
    Json.MAPPER.writeValue(
        folder().resolve(CHOSEN).toFile(), Map.of("step", step, "steps", lastStep));
  }

  /** The file that says how many devices shared the steps. */
  public static final String DEVICES = "devices.json";

  /** Writes down how many devices shared the steps, for what they cost. */
  void writeDevices(int devices) throws IOException {
    Json.MAPPER.writeValue(folder().resolve(DEVICES).toFile(), Map.of("devices", devices));
  }

  /** The file with what was read, for reports. */
  public static final String DATA = "data.json";

  private void write(TrainingSamples samples) {
    Path file = folder().resolve(DATA);
    try {
      Files.createDirectories(file.getParent());
      Json.MAPPER.writeValue(
          file.toFile(),
          Map.of(
              "training", samples.training().size(),
              "held_out", samples.heldOut().size(),
              "unusable", samples.counts().unusable(),
              "seen_later", samples.counts().seenLater(),
              "other_sources", samples.counts().otherSources()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Says what was read, and writes it down. */
  public void tell(TrainingSamples samples, PrintWriter out) {
    out.printf(
        "%,d rows to train on, %,d held out, %,d without question, answer or type%n",
        samples.training().size(), samples.heldOut().size(), samples.counts().unusable());
    if (samples.counts().seenLater() > 0) {
      out.printf(
          "%,d rows left out, since a later phase sees them (data.without)%n",
          samples.counts().seenLater());
    }
    if (samples.counts().otherSources() > 0) {
      out.printf("%,d rows of other sources (data.sources)%n", samples.counts().otherSources());
    }
    write(samples);
  }
}
