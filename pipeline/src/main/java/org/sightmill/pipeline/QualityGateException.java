package org.sightmill.pipeline;

import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.step.StepReport;

/**
 * Too many faults in a step. Its output is committed and nothing paid for is lost, but the run
 * stops here.
 */
public final class QualityGateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QualityGateException(StepReport report, double maxRejectFraction) {
    super(
        "step %s: %d of %d rows are faults (%.1f %%), over max_reject_fraction %s; see rejected/step=%s"
            .formatted(
                report.step().label(),
                report.rows(RejectClass.FAULT),
                report.counts().read() + report.counts().expanded(),
                100 * report.faultFraction(),
                maxRejectFraction,
                report.step().label()));
  }
}
