package org.sightmill.jobs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * What is left of setup once this jar runs: the launcher has built it, assembled the Spark home and
 * fetched the native library, the only part that needs a network.
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
    print("application", work.resolve("sightmill.jar"));
    print("Spark home", work.resolve("spark"));
    print("native library", work.resolve("native"));
    return ExitCode.DONE.code();
  }

  private void print(String what, Path path) {
    console.out().printf("%-15s %s%n", what, Files.exists(path) ? path : "not there");
  }
}
