package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.eval.ModelSource;
import org.sightmill.jobs.eval.SampleValue;
import org.sightmill.jobs.eval.ValueJob;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.Preset;
import org.sightmill.trainer.eval.PromptStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Numbers that curate selects by. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "A number for each sample under one or more models, as the side table that curate.values"
          + " joins:",
      "the perplexity of its answer, or the share of sampled answers that are right."
    })
final class ValuesCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--of",
      paramLabel = "VALUE",
      required = true,
      description = "perplexity or pass_rate")
  private String value;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "a model's folder, on every node; several are averaged by curate")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--rows",
      paramLabel = "FOLDER",
      required = true,
      description = "samples, such as RUN/6-curate/sft")
  private String rows;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "Parquet with sample_id, value, model")
  private String output;

  @Option(
      names = "--system-prompt",
      paramLabel = "TEXT",
      description = "what the model was trained under (conf/prompts/policy/system.txt)")
  private String systemPrompt;

  @Option(
      names = "--samples",
      paramLabel = "K",
      description = "answers for each sample of a pass rate (${DEFAULT-VALUE})")
  private int samples = 4;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "of those answers (${DEFAULT-VALUE})")
  private double temperature = 0.8;

  @Option(names = "--seed", paramLabel = "N", description = "of those answers (0)")
  private long seed;

  @Option(names = "--new-tokens", paramLabel = "N", description = "their limit (${DEFAULT-VALUE})")
  private int newTokens = Preset.PAPER.newTokens();

  @Option(names = "--batch", paramLabel = "N", description = "samples at a time (${DEFAULT-VALUE})")
  private int batch = 8;

  ValuesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<SampleValue> known = SampleValue.fromLabel(value);
    if (known.isEmpty() || samples < 1) {
      return console
          .invalid(
              List.of(
                  known.isEmpty()
                      ? "--of must be perplexity or pass_rate but was '%s'".formatted(value)
                      : "--samples must be at least 1 but was %d".formatted(samples)))
          .code();
    }
    Decoding decoding =
        new Decoding(Preset.PAPER, newTokens, temperature, seed, batch, Decoding.PROMPT_LIMIT);
    List<ModelSource> sources =
        models.stream().map(folder -> ModelSource.of(folder, decoding)).toList();
    String system = PromptStyle.TRAINED.system(Optional.ofNullable(systemPrompt)).orElseThrow();
    SparkSession spark = SparkSessions.open("sightmill values", Map.of());
    try {
      ValueJob.run(spark, known.get(), samples, system, sources, rows, output);
    } finally {
      spark.stop();
    }
    console
        .out()
        .printf("Set curate.values: {path: %s, column: %s}%n", output, known.get().label());
    return ExitCode.DONE.code();
  }
}
