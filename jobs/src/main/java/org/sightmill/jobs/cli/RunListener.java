package org.sightmill.jobs.cli;

import java.util.List;
import org.sightmill.jobs.provenance.RunRecord;
import org.sightmill.jobs.spark.Progress;
import org.sightmill.jobs.spark.RunNumbers;
import org.sightmill.pipeline.PipelineListener;
import org.sightmill.pipeline.calls.CallDesk;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** Shows people each step and keeps what it measured. */
record RunListener(RunRecord record, Progress progress) implements PipelineListener {

  @Override
  public void skipped(StepReport report) {
    progress.skipped(report);
  }

  @Override
  public void starting(StepName step, long rowsExpected, List<String> reasons) {
    CallDesk.installed().ifPresent(CallDesk::requireNotStopped);
    progress.starting(step, rowsExpected, reasons);
  }

  @Override
  public void finished(StepReport report) {
    progress.finished(report);
    RunNumbers.current().add(report);
    record.metrics(report);
    record.input(report);
  }
}
