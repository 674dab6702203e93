package org.sightmill.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.score.LineScorer;
import org.sightmill.jobs.score.ScoreTable;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.generate.LocalModel;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.PassMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Log-probabilities of completions. Starts Spark only for Parquet. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Log-probabilities of completions: one line out for each line in, in the same order.",
      "In: id, images (paths) and prompt, completion (texts: a user's message in the chat template,"
          + " pictures before it, and the reply's text) or prompt_ids, completion_ids (a picture is"
          + " one image token, or all of its own). Out: id, token_ids, logprobs (natural, temperature"
          + " 1), perplexity.",
      "Files that end in .parquet are Parquet, all others JSON Lines. A line that cannot be scored"
          + " has no tokens and a reason; the counts go to standard error."
    })
final class ScoreCommand implements Callable<Integer> {
  private static final String PARQUET = ".parquet";

  private final Console console;

  @Mixin private ModelOptions model;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "JSON Lines (- or none: standard input) or Parquet")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "JSON Lines (- or none: standard output) or Parquet")
  private Path output;

  @Option(names = "--batch", paramLabel = "N", description = "lines at a time (${DEFAULT-VALUE})")
  private int batch = 8;

  @Option(
      names = "--max-prompt-tokens",
      paramLabel = "N",
      description = "longer prompts are refused (${DEFAULT-VALUE})")
  private int maxPromptTokens = 4096;

  ScoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check();
    try (Staging staging = new Staging()) {
      JsonLines lines = staging.lines();
      MemoryPlan.Load load = new MemoryPlan.Load(batch, maxPromptTokens, PassMode.FORWARD_ONLY);
      try (LocalModel local = model.open(load)) {
        score(local, lines);
      }
      staging.finish();
    }
    return ExitCode.DONE.code();
  }

  private void check() throws IOException {
    if (batch < 1) {
      throw new InvalidConfigException(
          List.of("--batch must be at least 1 but was %d".formatted(batch)));
    }
    model.placement();
    if (!isParquet(input) && !isParquet(output)) {
      new JsonLines(console, input, output).requireFiles();
    } else if (isParquet(input) && !Files.exists(input)) {
      throw new InvalidConfigException(List.of("no such file or folder: " + input));
    }
  }

  private void score(LocalModel local, JsonLines lines) throws IOException {
    local.notes().forEach(console.err()::println);
    console.err().println(model.echo(local) + " temperature=1.0 batch=" + batch);
    LineScorer scorer = new LineScorer(local, local.prompts(model.images(local), maxPromptTokens));
    lines.run((in, out) -> scorer.score(in, out, batch));
    console.err().println(scorer.summary());
  }

  private static boolean isParquet(Path file) {
    return file != null && file.toString().endsWith(PARQUET);
  }

  /** Parquet on either side goes through files of lines; without it there is no Spark. */
  private final class Staging implements AutoCloseable {
    private final Path folder;
    private final Optional<SparkSession> spark;

    Staging() throws IOException {
      boolean needed = isParquet(input) || isParquet(output);
      folder = needed ? Files.createTempDirectory("sightmill-score") : null;
      spark =
          needed ? Optional.of(SparkSessions.open("sightmill score", Map.of())) : Optional.empty();
    }

    JsonLines lines() throws IOException {
      Path in = input;
      if (isParquet(input)) {
        in = folder.resolve("in.jsonl");
        ScoreTable.toLines(spark.orElseThrow(), input, in);
      }
      return new JsonLines(console, in, isParquet(output) ? staged() : output);
    }

    private Path staged() {
      return folder.resolve("out.jsonl");
    }

    void finish() {
      if (isParquet(output)) {
        ScoreTable.ofLines(spark.orElseThrow(), staged(), output);
      }
    }

    @Override
    public void close() throws IOException {
      spark.ifPresent(SparkSession::stop);
      if (folder != null) {
        Files.deleteIfExists(folder.resolve("in.jsonl"));
        Files.deleteIfExists(staged());
        Files.delete(folder);
      }
    }
  }
}
