package org.sightmill.pipeline.calls;

import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.spend.Rates;

/**
 * What a run may spend on one role, and how fast.
 *
 * @param capNanos {@link Money#UNCAPPED} without a cap
 */
record RoleLimits(long capNanos, Rates rates) {
  static RoleLimits of(TeacherConfig config) {
    return new RoleLimits(Money.cap(config.budgetUsd()), config.rates());
  }

  boolean areNone() {
    return capNanos == Money.UNCAPPED && rates.areUnlimited();
  }
}
