package org.sightmill.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.sightmill.pipeline.step.StepName;

/**
 * Watches a run's folder and strikes once in each step, while the step has begun and has not
 * committed.
 */
final class Killer {
  private final Path run;
  private final Set<StepName> struck = EnumSet.noneOf(StepName.class);

  Killer(Path run) {
    this.run = run;
  }

  /**
   * Calls {@code strike} in every step of {@code steps} until it says that it hit something, while
   * {@code driver} lives.
   */
  void strikeIn(Set<StepName> steps, Process driver, BooleanSupplier strike)
      throws IOException, InterruptedException {
    while (driver.isAlive() && !struck.containsAll(steps)) {
      for (StepName step : steps) {
        if (!struck.contains(step) && isRunning(step) && strike.getAsBoolean()) {
          struck.add(step);
        }
      }
      driver.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  /** The steps in which something was hit. */
  Set<StepName> struck() {
    return EnumSet.copyOf(struck);
  }

  /** Spark writes below staging's {@code _temporary} from the first task on. */
  private boolean isRunning(StepName step) {
    return Files.exists(run.resolve("_staging").resolve(step.label()))
        && !Files.exists(run.resolve(step.folder()).resolve("_report.json"));
  }
}
