package org.sightmill.jobs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * What is left of setup once this jar runs: the launcher has built it and assembled the Spark home,
 * the only part that needs a network.
 */
@Command(
    mixinStandardHelpOptions = true,
    description = "Builds and fetches everything that needs a network; nothing after it does.")
final class SetupCommand implements Callable<Integer> {
  private final Console console;

  SetupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String home = System.getProperty("sightmill.home");
    if (home == null) {
      console.err().println("setup is the launcher's: run jobs/bin/sightmill setup");
      return ExitCode.INVALID.code();
    }
    Path work = Path.of(home, ".sightmill");
    show("application", work.resolve("sightmill.jar"));
    show("Spark home", work.resolve("spark"));
    return ExitCode.DONE.code();
  }

  /** What lies elsewhere, because the environment names it, is not setup's. */
  private void show(String what, Path path) {
    if (Files.exists(path)) {
      console.out().printf("%-12s %s%n", what, path);
    }
  }
}
