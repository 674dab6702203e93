package org.sightmill.trainer.metric;

import java.io.IOException;
import java.util.List;

/** Takes the completions of steps. */
@FunctionalInterface
public interface RolloutSink {
  /** Writes a step's rows, over those of an earlier try at the same step. */
  void write(long step, List<RolloutRow> rows) throws IOException;
}
