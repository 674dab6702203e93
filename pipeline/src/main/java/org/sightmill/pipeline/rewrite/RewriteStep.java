package org.sightmill.pipeline.rewrite;

import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.calls.CallingStage;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** Step 4: makes trace and answer read as if their author had seen the picture. */
public final class RewriteStep implements Step {
  /** Raised whenever the same input and configuration give another output. */
  public static final int LOGIC_VERSION = 1;

  private final RewriteConfig config;
  private final TeacherBinding rewriter;
  private final CallingStage stage;

  /** The step, reading and writing in {@code store}'s run. */
  public RewriteStep(
      SparkSession spark, RunStore store, RewriteConfig config, TeacherBinding rewriter) {
    this.config = config;
    this.rewriter = rewriter;
    this.stage = new CallingStage(spark, store, name(), rewriter);
  }

  @Override
  public StepName name() {
    return StepName.REWRITE;
  }

  @Override
  public Fingerprint fingerprint() {
    return stage.fingerprint(LOGIC_VERSION, config);
  }

  @Override
  public StepReport run() {
    return stage.run(new RewriteLogic(config, rewriter), fingerprint());
  }
}
