package org.sightmill.pipeline.distill;

import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.calls.CallingStage;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** Step 3: distills a reasoning trace and an answer for every row that brings none. */
public final class DistillStep implements Step {
  /** Raised whenever the same input and configuration give another output. */
  public static final int LOGIC_VERSION = 1;

  private final DistillConfig config;
  private final TeacherBinding reasoner;
  private final CallingStage stage;

  /** The step, reading and writing in {@code store}'s run. */
  public DistillStep(
      SparkSession spark, RunStore store, DistillConfig config, TeacherBinding reasoner) {
    this.config = config;
    this.reasoner = reasoner;
    this.stage = new CallingStage(spark, store, name(), reasoner);
  }

  @Override
  public StepName name() {
    return StepName.DISTILL;
  }

  @Override
  public Fingerprint fingerprint() {
    return stage.fingerprint(LOGIC_VERSION, config);
  }

  @Override
  public StepReport run() {
    return stage.run(new DistillLogic(config, reasoner), fingerprint());
  }
}
