package org.sightmill.jobs.config;

import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.step.RunLayout;

/**
 * What came of loading.
 *
 * @param layout where the run lies, null when not even that is known: a configuration that can't be
 *     used still has a place for its status
 */
public record LoadedConfig(RunConfig config, RunLayout layout, List<String> problems) {

  /** Copies the problems. */
  public LoadedConfig {
    problems = List.copyOf(problems);
  }

  /**
   * The configuration.
   *
   * @throws InvalidConfigException with every problem, if there is one
   */
  public RunConfig orThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return config;
  }

  /** Where the status of this run belongs. */
  public Optional<RunLayout> place() {
    return Optional.ofNullable(layout);
  }
}
