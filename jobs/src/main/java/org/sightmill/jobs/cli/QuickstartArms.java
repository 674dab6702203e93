package org.sightmill.jobs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.config.LoadedRecord;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.jobs.config.SftConfig;
import org.sightmill.jobs.eval.ArmSpec;
import org.sightmill.jobs.eval.BenchmarkFile;
import org.sightmill.jobs.eval.Comparing;
import org.sightmill.jobs.eval.Evaluation;
import org.sightmill.jobs.eval.ProceduralBenchmark;
import org.sightmill.jobs.eval.ScoredArm;
import org.sightmill.jobs.report.EvaluationPrinter;
import org.sightmill.jobs.spark.HadoopProbe;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.jobs.train.GrpoRun;
import org.sightmill.jobs.train.SftRun;
import org.sightmill.jobs.train.Start;
import org.sightmill.jobs.train.Training;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.collect.source.procedural.ProceduralConfig;
import org.sightmill.pipeline.collect.source.procedural.ProceduralFamily;
import org.sightmill.trainer.eval.Comparison;
import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.Preset;
import org.sightmill.trainer.eval.PromptStyle;

/**
 * The paper's question at the smallest scale: base, SFT, GRPO, and SFT then GRPO of the tiny model,
 * trained on the boards among the data that the quickstart has just made, on boards that it has not
 * seen.
 */
final class QuickstartArms {
  /** Another seed than the quickstart's sources and pre-training have. */
  private static final long HELD_OUT_SEED = 8;

  private static final ProceduralConfig HELD_OUT =
      new ProceduralConfig(
          HELD_OUT_SEED,
          500,
          Map.of(ProceduralFamily.TALLY, 1.0, ProceduralFamily.MAJORITY, 1.0),
          1,
          0,
          0,
          ProceduralConfig.SMALLEST_SIDE_PIXELS,
          ProceduralConfig.SMALLEST_SIDE_PIXELS);

  /** Replies of the tiny model are shorter, unless it has lost its way. */
  private static final int NEW_TOKENS = 128;

  private static final String SFT = "conf/trainer/sft-quickstart.yaml";
  private static final String GRPO = "conf/trainer/grpo-quickstart.yaml";
  private static final String BASE = "conf/models/tiny";

  private final Path home;
  private final RunConfig data;
  private final Console console;

  QuickstartArms(Path home, RunConfig data, Console console) {
    this.home = home;
    this.data = data;
    this.console = console;
  }

  /** Trains what is not trained yet, compares, and tells. */
  void run() {
    try {
      Path base = home.resolve(BASE);
      Path sft = sft();
      Path grpo = grpo("grpo", base);
      Path both = grpo("sft-grpo", sft);
      List<ArmSpec> arms = new ArrayList<>();
      arms.add(arm("base", base));
      arms.add(arm("sft", sft));
      arms.add(arm("grpo", grpo));
      arms.add(arm("sft-grpo", both));
      compare(arms);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot train the arms", e);
    }
  }

  private static ArmSpec arm(String name, Path model) {
    return ArmSpec.ofModel(name, model.toAbsolutePath().toString(), PromptStyle.TRAINED);
  }

  private Path sft() throws IOException {
    SftConfig config = load(SftConfig.class, SFT, "sft", home.resolve(BASE));
    return trained("SFT on 6-curate/sft", new SftRun(config));
  }

  private Path grpo(String arm, Path from) throws IOException {
    GrpoConfig config = load(GrpoConfig.class, GRPO, arm, from);
    return trained("GRPO on 6-curate/rl, from " + from, new GrpoRun(config));
  }

  private Path trained(String what, Training training) throws IOException {
    if (!Files.exists(training.model().resolve("config.json"))) {
      console.err().println(what);
      training.train(Start.FRESH, console.err());
    }
    return training.model();
  }

  private <T extends Record> T load(Class<T> type, String file, String arm, Path model) {
    ConfigRequest request =
        new ConfigRequest(home.resolve(file).toString(), List.of(), new java.util.TreeMap<>())
            .with("root", data.root())
            .with("run_id", data.runId())
            .with("arm", arm)
            .with("model.path", model.toString());
    LoadedRecord<T> loaded = new ConfigLoader(new HadoopProbe()).load(type, request);
    if (!loaded.problems().isEmpty()) {
      throw new InvalidConfigException(loaded.problems());
    }
    return loaded.config();
  }

  private void compare(List<ArmSpec> arms) throws IOException {
    Path folder = Path.of(data.root(), data.runId(), "evaluate");
    Files.createDirectories(folder);
    BenchmarkFile heldOut =
        ProceduralBenchmark.write(
            "held-out", HELD_OUT, folder.toUri().toString(), HadoopSettings.fromProperties());
    Decoding decoding = new Decoding(Preset.PAPER, NEW_TOKENS, 0, 0, 32, Decoding.PROMPT_LIMIT);
    SparkSession spark = SparkSessions.open("sightmill compare", Map.of());
    try {
      Evaluation evaluation =
          new Evaluation(
              spark,
              new org.apache.hadoop.fs.Path(folder.toUri()),
              List.of(heldOut),
              decoding,
              Optional.of(system()),
              Optional.empty());
      List<ScoredArm> scored = arms.stream().map(evaluation::run).toList();
      Comparison comparison = Comparing.of(scored);
      evaluation.write(
          new org.apache.hadoop.fs.Path(folder.resolve(Comparing.RESULT).toUri()), comparison);
      new EvaluationPrinter(console.out()).print(comparison);
    } finally {
      spark.stop();
    }
  }

  /** What all arms were trained under. */
  private String system() {
    return load(SftConfig.class, SFT, "sft", home.resolve(BASE)).prompt().systemPrompt();
  }
}
