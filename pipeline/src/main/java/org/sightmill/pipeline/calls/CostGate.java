package org.sightmill.pipeline.calls;

/** Who agrees to what a step will cost, before it does. */
public interface CostGate {
  /** Agrees to everything: the caps alone hold. */
  CostGate OPEN = projection -> {};

  /**
   * Returns when the step may go on.
   *
   * @throws CallsStoppedException when it may not, now
   * @throws org.sightmill.pipeline.check.InvalidConfigException when nobody can be asked
   */
  void agree(CostProjection projection);
}
