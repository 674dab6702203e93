package org.sightmill.pipeline.calls;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.StepName;

/**
 * The cost of a step that nobody has agreed to, in {@code _run} until somebody does: the sample it
 * was told from is in the log by then, and costs the next run nothing.
 */
record OpenQuestion(Path path, Configuration hadoop) {

  static OpenQuestion of(RunLayout layout, StepName step, Configuration hadoop) {
    return new OpenQuestion(
        new Path(layout.runInfo(), "cost-not-agreed-" + step.label() + ".json"), hadoop);
  }

  /** What was asked before and not agreed to. */
  Optional<CostProjection> asked() {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Optional.of(Json.MAPPER.readValue(in, CostProjection.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** Asks, and stays open when the answer is an exception. */
  void ask(CostProjection projection, CostGate gate) {
    try {
      try (OutputStream out = path.getFileSystem(hadoop).create(path, true)) {
        Json.MAPPER.writeValue(out, projection);
      }
      gate.agree(projection);
      path.getFileSystem(hadoop).delete(path, false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }
}
