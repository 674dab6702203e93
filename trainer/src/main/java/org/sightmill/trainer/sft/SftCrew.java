package org.sightmill.trainer.sft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.UpdateReport;

/**
 * Those who hold the weights, as in GRPO: this process, or executors with one policy each. Results
 * must depend on arguments and weights alone.
 */
public interface SftCrew extends AutoCloseable {
  /** Takes one optimizer step, everywhere or nowhere. */
  UpdateReport update(SftTask task);

  /** {@code loss}, weighted by tokens, and {@code rejects/<code>} of samples that do not train. */
  MetricSums evaluate(List<VisualSample> samples);

  /** Writes weights and moments into a folder. */
  void save(Path folder) throws IOException;

  /** Takes weights and moments of a version from a folder that {@link #save} wrote. */
  void load(Path folder, long policyVersion) throws IOException;

  /** Writes the model as transformers loads it, adapters merged. */
  void export(Path folder) throws IOException;

  @Override
  void close();
}
