package org.sightmill.trainer.metric;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The metrics of a training run, by TRL's names, to every place that shows them. */
public final class RunLog implements AutoCloseable {
  private final MetricsFile file;
  private final EventFile events;
  private final ProgressLine progress;
  private final Clock clock;

  private RunLog(MetricsFile file, EventFile events, ProgressLine progress, Clock clock) {
    this.file = file;
    this.events = events;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Opens {@code metrics.jsonl} and {@code tensorboard/} in a folder. What they hold of steps after
   * {@code doneSteps} is taken back: those steps are done again.
   *
   * @param doneSteps 0 for a new run
   */
  public static RunLog open(Path folder, long doneSteps, long totalSteps, PrintWriter screen)
      throws IOException {
    Clock clock = Clock.systemUTC();
    long first = doneSteps + 1;
    return new RunLog(
        MetricsFile.open(folder.resolve("metrics.jsonl"), first),
        EventFile.create(folder.resolve("tensorboard"), first, clock.millis() / 1e3),
        new ProgressLine(screen, doneSteps, totalSteps),
        clock);
  }

  /** Tells the metrics of a step, counted from 1. */
  public void step(long step, Map<String, Double> values) throws IOException {
    file.write(step, values);
    events.scalars(step, clock.millis() / 1e3, values);
    progress.show(step, values);
  }

  @Override
  public void close() throws IOException {
    progress.close();
    file.close();
    events.close();
  }
}
