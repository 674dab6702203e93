package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.caption.CaptionStep;
import org.sightmill.pipeline.collect.CollectStep;
import org.sightmill.pipeline.collect.SourceReaders;
import org.sightmill.pipeline.curate.CurateStep;
import org.sightmill.pipeline.distill.DistillStep;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.rewrite.RewriteStep;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.verify.VerifyStep;

/** The composition root: configuration to steps. */
final class Steps {
  private final SparkSession spark;
  private final RunStore store;
  private final RunConfig config;

  Steps(SparkSession spark, RunStore store, RunConfig config) {
    this.spark = spark;
    this.store = store;
    this.config = config;
  }

  /** The steps from {@code first} to {@code last}, both included. */
  List<Step> between(StepName first, StepName last) {
    List<Step> steps = new ArrayList<>();
    for (StepName name : StepName.values()) {
      if (name.compareTo(first) >= 0 && name.compareTo(last) <= 0) {
        steps.add(of(name));
      }
    }
    return steps;
  }

  private Step of(StepName name) {
    return switch (name) {
      case COLLECT -> collect();
      case CAPTION ->
          new CaptionStep(
              spark, store, config.caption(), teacher(Role.CAPTIONER), teacher(Role.REPAIRER));
      case DISTILL -> new DistillStep(spark, store, config.distill(), teacher(Role.REASONER));
      case REWRITE -> new RewriteStep(spark, store, config.rewrite(), teacher(Role.REWRITER));
      case VERIFY -> new VerifyStep(spark, store, config.verify(), teacher(Role.JUDGE));
      case CURATE -> new CurateStep(spark, store, config.curate());
    };
  }

  /** Step 1, which can also show what it would do. */
  CollectStep collect() {
    return new CollectStep(
        spark, store, config.collect().with(config.sources()), SourceReaders.load());
  }

  private TeacherBinding teacher(Role role) {
    return TeacherBinding.of(role, config.teachers().get(role), Prompts.packaged(), config.calls());
  }
}
