package org.sightmill.pipeline.verify;

import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.calls.CallingStage;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** Step 5: keeps the rows whose answer agrees with the gold one. */
public final class VerifyStep implements Step {
  /** Raised whenever the same input and configuration give another output. */
  public static final int LOGIC_VERSION = 1;

  private final VerifyConfig config;
  private final TeacherBinding judge;
  private final CallingStage stage;

  /** The step, reading and writing in {@code store}'s run. */
  public VerifyStep(SparkSession spark, RunStore store, VerifyConfig config, TeacherBinding judge) {
    this.config = config;
    this.judge = judge;
    this.stage = new CallingStage(spark, store, name(), judge);
  }

  @Override
  public StepName name() {
    return StepName.VERIFY;
  }

  @Override
  public Fingerprint fingerprint() {
    return stage.fingerprint(LOGIC_VERSION, config);
  }

  @Override
  public StepReport run() {
    return stage.run(new VerifyLogic(config, judge), fingerprint());
  }
}
