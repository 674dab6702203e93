package org.sightmill.pipeline;

import java.util.List;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** Told what a run does, for people who watch. Called on the thread that runs the pipeline. */
public interface PipelineListener {
  /** A step is committed already and nothing it depends on has changed. */
  void skipped(StepReport report);

  /**
   * A step is about to run.
   *
   * @param rowsExpected rows of its input; -1 where that is not known, as for collect
   * @param reasons why a committed step runs again, one sentence each; empty when it runs for the
   *     first time
   */
  void starting(StepName step, long rowsExpected, List<String> reasons);

  /** A step has committed. */
  void finished(StepReport report);
}
