package org.sightmill.pipeline.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.SparkTasks;
import org.sightmill.pipeline.TestSample;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;
import org.sightmill.pipeline.teacher.Role;

@ExtendWith(SparkTasks.class)
final class CallingStageIT {
  private static final int ROWS = 60;

  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();
  private RunStore store;

  @BeforeEach
  void open() {
    FakeTeacher.reset();
    store =
        new RunStore(
            new RunLayout(root.toString(), "run"), spark.sparkContext().hadoopConfiguration());
  }

  @Test
  void outputRejectsAndCountsAgreeOverOneCallForEachRow() {
    StepReport report = run(samples(), new CallSettings(4, 8));

    assertThat(report.counts()).isEqualTo(new Counts(ROWS, 0, 30, 30, 0));
    assertThat(report.reasons())
        .extracting(ReasonCount::code, ReasonCount::rows)
        .containsExactly(
            tuple(RejectReason.CAPTIONER_UNSERVED, 10L),
            tuple(RejectReason.TEACHER_FAILED, 10L),
            tuple(RejectReason.REPLY_EMPTY, 10L));
    List<Row> out = store.rows(spark, report).collectAsList();
    List<Row> rejected =
        spark.read().parquet(store.layout().rejected(StepName.CAPTION).toString()).collectAsList();
    assertThat(out).hasSize(30);
    assertThat(rejected).hasSize(30);
    assertThat(ids(out)).doesNotContainAnyElementsOf(ids(rejected));

    assertThat(FakeTeacher.callsInAll()).isEqualTo(50);
    assertThat(report.measures())
        .containsEntry("calls", 40.0)
        .containsEntry("input_tokens", 400.0)
        .containsEntry("output_tokens", 80.0)
        .containsEntry("cost_usd", 20.0);
  }

  @Test
  void aRowThatWasAskedAboutCarriesItsReplyAndProvenance() {
    StepReport report = run(samples(), CallSettings.DEFAULT);
    for (Row row : store.rows(spark, report).collectAsList()) {
      boolean settled = row.getAs("question").equals("settled");
      assertThat(row.<String>getAs("caption")).isEqualTo(settled ? null : "seen: ask");
      int index = row.fieldIndex("provenance");
      if (settled) {
        assertThat(row.isNullAt(index)).isTrue();
      } else {
        assertThat(row.<Row>getList(index))
            .singleElement()
            .asString()
            .startsWith("[caption,m-1,here,")
            .endsWith(",r,10,2,0.5,2]");
      }
    }
  }

  @Test
  void everyClientIsClosedAndKeepsToItsCallsInFlight() {
    run(samples(), new CallSettings(3, 5));
    assertThat(FakeTeacher.opened())
        .isNotEmpty()
        .allSatisfy(
            client -> {
              assertThat(client.closed()).isTrue();
              assertThat(client.mostInFlight()).isBetween(1, 3);
            });
  }

  @Test
  void aDefectFailsTheRunAndNamesTheSample() {
    List<TestSample> samples = List.of(sample(0, "ask"), sample(1, "defect"));
    assertThatThrownBy(() -> run(samples, CallSettings.DEFAULT))
        .rootCause()
        .hasMessage("planted defect");
    assertThat(store.report(StepName.CAPTION)).isEmpty();
    assertThat(FakeTeacher.opened()).allSatisfy(c -> assertThat(c.closed()).isTrue());
  }

  @Test
  void speculationIsRefused() {
    TestSample.commit(spark, store, StepName.COLLECT, samples());
    spark.sparkContext().conf().set("spark.speculation", "true");
    try {
      assertThatThrownBy(() -> runStage(CallSettings.DEFAULT))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining("spark.speculation must be false but was true");
    } finally {
      spark.sparkContext().conf().set("spark.speculation", "false");
    }
    assertThat(FakeTeacher.callsInAll()).isZero();
  }

  @Test
  void capsAreChecked() {
    assertThatThrownBy(() -> new CallSettings(0, 5))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("calls_in_flight must be at least 1 but was 0");
    assertThatThrownBy(() -> new CallSettings(8, 7))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("rows_buffered must be at least 8 but was 7");
  }

  private StepReport run(List<TestSample> samples, CallSettings settings) {
    TestSample.commit(spark, store, StepName.COLLECT, samples);
    return runStage(settings);
  }

  private StepReport runStage(CallSettings settings) {
    TeacherBinding teacher = FakeTeacher.binding(Role.CAPTIONER, settings);
    CallingStage stage = new CallingStage(spark, store, StepName.CAPTION, teacher);
    return stage.run(new AskAll(teacher), stage.fingerprint(1, settings));
  }

  private static List<TestSample> samples() {
    String[] wishes = {"ask", "settled", "fail", "unserved", "ask", "empty"};
    List<TestSample> samples = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      samples.add(sample(i, wishes[i % wishes.length]));
    }
    return samples;
  }

  private static TestSample sample(int i, String wish) {
    return TestSample.counting("s-" + i).with("question", wish);
  }

  private static List<String> ids(List<Row> rows) {
    return rows.stream().map(row -> row.<String>getAs("sample_id")).toList();
  }
}
