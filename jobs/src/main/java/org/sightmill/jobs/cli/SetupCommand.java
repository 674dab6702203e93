package org.sightmill.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.generate.TinyFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What is left of setup once this jar runs: the launcher has built it and assembled the Spark home,
 * the only part that needs a network.
 */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Builds and fetches everything that needs a network; nothing after it does.",
      "With --tiny-model also makes a model of a few MB to try things with."
    })
final class SetupCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--tiny-model",
      paramLabel = "DIR",
      description = "write a tiny vision-language model with random weights into a new folder")
  private Path tinyModel;

  @Option(names = "--seed", paramLabel = "N", description = "of the tiny model's weights (0)")
  private long seed;

  SetupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (tinyModel != null) {
      return makeTinyModel();
    }
    String home = System.getProperty("sightmill.home");
    if (home == null) {
      console.err().println("setup is the launcher's: run jobs/bin/sightmill setup");
      return ExitCode.INVALID.code();
    }
    Path work = Path.of(home, ".sightmill");
    show("application", work.resolve("sightmill.jar"));
    show("Spark home", work.resolve("spark"));
    show("native library", work.resolve("native"));
    return ExitCode.DONE.code();
  }

  private int makeTinyModel() throws IOException {
    if (Files.exists(tinyModel.resolve("config.json"))) {
      throw new InvalidConfigException(
          List.of("--tiny-model %s holds a model already".formatted(tinyModel)));
    }
    TinyFolder.write(tinyModel, seed);
    console.out().printf("%-14s %s, seed %d%n", "tiny model", tinyModel, seed);
    return ExitCode.DONE.code();
  }

  /** What lies elsewhere, because the environment names it, is not setup's. */
  private void show(String what, Path path) {
    if (Files.exists(path)) {
      console.out().printf("%-14s %s%n", what, path);
    }
  }
}
