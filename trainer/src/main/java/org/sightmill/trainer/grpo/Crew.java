package org.sightmill.trainer.grpo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.update.MetricSums;
import org.sightmill.trainer.update.UpdateReport;

/**
 * Those who hold the weights: this process, or executors with one policy each. All of them are at
 * the same policy version between two calls. Results must depend on the arguments and the weights
 * alone, not on who does which part.
 */
public interface Crew extends AutoCloseable {
  /**
   * Samples and rewards groups.
   *
   * @param batches groups that are sampled side by side, never to be cut or joined
   * @return the groups in the order of the tasks, batch after batch
   */
  List<GroupRollouts> roll(List<List<GroupTask>> batches);

  /** Log-probabilities by training forwards, in the order of the groups; none is rejected. */
  List<GroupScores> score(List<GroupRollouts> groups);

  /** Takes one optimizer step, everywhere or nowhere. */
  UpdateReport update(UpdateTask task);

  /**
   * Answers questions greedily, for the held-out part: see {@link
   * org.sightmill.trainer.eval.Accuracy}. A crew that only trains gives nothing.
   */
  default MetricSums evaluate(List<VisualSample> samples) {
    return new MetricSums();
  }

  /** Writes weights and moments into a folder. */
  void save(Path folder) throws IOException;

  /** Takes weights and moments of a version from a folder that {@link #save} wrote. */
  void load(Path folder, long policyVersion) throws IOException;

  /** Writes the model as transformers loads it, adapters merged. */
  void export(Path folder) throws IOException;

  @Override
  void close();
}
