package org.sightmill.pipeline.caption;

import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.calls.CallingStage;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * Step 2: gives every row a caption: what the source brings, otherwise the captioner's words. A
 * gold that the source gives in part, and no rule completes, goes to the repairer.
 */
public final class CaptionStep implements Step {
  /** Raised whenever the same input and configuration give another output. */
  public static final int LOGIC_VERSION = 2;

  private final CaptionConfig config;
  private final TeacherBinding captioner;
  private final TeacherBinding repairer;
  private final CallingStage stage;

  /** The step, reading and writing in {@code store}'s run. */
  public CaptionStep(
      SparkSession spark,
      RunStore store,
      CaptionConfig config,
      TeacherBinding captioner,
      TeacherBinding repairer) {
    this.config = config;
    this.captioner = captioner;
    this.repairer = repairer;
    this.stage = new CallingStage(spark, store, name(), captioner, repairer);
  }

  @Override
  public StepName name() {
    return StepName.CAPTION;
  }

  @Override
  public Fingerprint fingerprint() {
    return stage.fingerprint(LOGIC_VERSION, config);
  }

  @Override
  public StepReport run() {
    return stage.run(new CaptionLogic(config, captioner, repairer), fingerprint());
  }
}
