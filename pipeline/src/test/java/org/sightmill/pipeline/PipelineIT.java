package org.sightmill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;
import org.sightmill.pipeline.step.StepReport;

final class PipelineIT {
  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();
  private final List<String> events = new ArrayList<>();

  @Test
  void runsEveryStepOnceAndSkipsThemTheNextTime() {
    run(List.of(collect(4, 0, "a"), caption("x")));
    assertThat(events)
        .containsExactly(
            "start collect -1 []", "done collect", "start caption 4 []", "done caption");

    events.clear();
    PipelineReport report = run(List.of(collect(4, 0, "a"), caption("x")));
    assertThat(events).containsExactly("skip collect", "skip caption");
    assertThat(report.outcomes())
        .extracting(StepOutcome::kind)
        .containsOnly(StepOutcome.Kind.DONE_BEFORE);
  }

  @Test
  void saysWhatChangedAndRunsOnlyWhatDependsOnIt() {
    run(List.of(collect(4, 0, "a"), caption("x")));
    events.clear();
    run(List.of(collect(4, 0, "a"), caption("y")));
    assertThat(events)
        .containsExactly("skip collect", "start caption 4 [config.value: x -> y]", "done caption");

    events.clear();
    run(List.of(collect(4, 0, "b"), caption("y")));
    assertThat(events.get(0)).isEqualTo("start collect -1 [config.value: a -> b]");
    assertThat(events.get(2)).startsWith("start caption 4 [input: ");
  }

  @Test
  void forcesAStepAndAllAfterIt() {
    run(List.of(collect(4, 0, "a"), caption("x")));
    events.clear();
    pipeline(List.of(collect(4, 0, "a"), caption("x"))).run(StepName.COLLECT);
    assertThat(events)
        .containsExactly(
            "start collect -1 [forced]",
            "done collect",
            "start caption 4 [forced, with collect before it]",
            "done caption");
  }

  @Test
  void aStepThatWasCutOffRunsAgain() {
    run(List.of(collect(4, 0, "a")));
    RunStore store = store();
    StepOutput.begin(spark, store, StepName.COLLECT, "cut off");
    events.clear();
    run(List.of(collect(4, 0, "a")));
    assertThat(events).containsExactly("start collect -1 []", "done collect");
  }

  @Test
  void stopsAtTheGateEachTimeUntilItIsRaised() {
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> run(List.of(collect(10, 3, "a"), caption("x"))))
          .isInstanceOf(QualityGateException.class)
          .hasMessage(
              "step collect: 3 of 10 rows are faults (30.0 %), over max_reject_fraction 0.2; see"
                  + " rejected/step=collect");
    }
    assertThat(events).containsExactly("start collect -1 []", "done collect", "skip collect");
    new Pipeline(List.of(collect(10, 3, "a"), caption("x")), store(), 0.5, listener()).run(null);
    assertThat(events).endsWith("skip collect", "start caption 7 []", "done caption");
  }

  @Test
  void refusesStepsOutOfOrder() {
    assertThatThrownBy(() -> pipeline(List.of(caption("x"), collect(1, 0, "a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("step collect can't follow step caption");
  }

  private PipelineReport run(List<Step> steps) {
    return pipeline(steps).run(null);
  }

  private Pipeline pipeline(List<Step> steps) {
    return new Pipeline(steps, store(), 0.2, listener());
  }

  private RunStore store() {
    return new RunStore(
        new RunLayout(root.toString(), "run"), spark.sparkContext().hadoopConfiguration());
  }

  private Step collect(int rows, int faults, String value) {
    return new FakeStep(StepName.COLLECT, rows, faults, value);
  }

  private Step caption(String value) {
    return new FakeStep(StepName.CAPTION, 0, 0, value);
  }

  private PipelineListener listener() {
    return new PipelineListener() {
      @Override
      public void skipped(StepReport report) {
        events.add("skip " + report.step().label());
      }

      @Override
      public void starting(StepName step, long rowsExpected, List<String> reasons) {
        events.add("start " + step.label() + " " + rowsExpected + " " + reasons);
      }

      @Override
      public void finished(StepReport report) {
        events.add("done " + report.step().label());
      }
    };
  }

  /**
   * Makes rows (collect) or passes them on (caption); the first {@code faults} rows are rejected.
   */
  private final class FakeStep implements Step {
    private final StepName name;
    private final int rows;
    private final int faults;
    private final String value;

    private FakeStep(StepName name, int rows, int faults, String value) {
      this.name = name;
      this.rows = rows;
      this.faults = faults;
      this.value = value;
    }

    @Override
    public StepName name() {
      return name;
    }

    @Override
    public Fingerprint fingerprint() {
      Fingerprint.Builder builder =
          Fingerprint.builder(name, 1, Schemas.VERSION)
              .config(new TreeMap<>(Map.of("value", value)));
      name.previous()
          .ifPresent(p -> builder.part("input", store().inputReport(name).fingerprint()));
      return builder.build();
    }

    @Override
    public StepReport run() {
      StepOutput output = StepOutput.begin(spark, store(), name, name.label() + ": fake");
      Dataset<Row> input =
          name == StepName.COLLECT ? TestRows.numbered(spark, rows) : store().input(spark, name);
      Dataset<Row> staged =
          output.stage(
              TestRows.withFaults(input, faults, RejectReason.IMAGE_MISSING, Outcome.CODE));
      output.write(staged.filter(Outcome.CODE + " is null"));
      return output.commit(staged, fingerprint(), Map.of());
    }
  }
}
