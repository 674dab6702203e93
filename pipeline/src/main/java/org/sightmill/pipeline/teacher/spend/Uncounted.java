package org.sightmill.pipeline.teacher.spend;

/** The permit of a teacher without limits. */
enum Uncounted implements Permit.Granted {
  PERMIT;

  @Override
  public void settle(long tokens, double usd) {}

  @Override
  public void settleInFull() {}
}
