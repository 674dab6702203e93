package org.sightmill.pipeline.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.TestSample;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;
import org.sightmill.pipeline.teacher.Role;

/** Counts calls while tasks fail at random and are retried; needs a session that retries. */
final class CallingStageRetryIT {
  private static final int ROWS = 2_000;
  private static final int PARTITIONS = 20;
  private static final int FAILURES = 5;
  private static final int CALLS_IN_FLIGHT = 16;

  @TempDir Path root;
  private SparkSession spark;
  private RunStore store;

  @BeforeEach
  void openSession() {
    spark =
        TestSpark.alone(
            "local[2,8]",
            Map.of(
                "spark.sql.leafNodeDefaultParallelism", PARTITIONS,
                "spark.sql.files.maxPartitionBytes", "8192",
                "spark.sql.files.openCostInBytes", "0"));
    assertThat(spark.sparkContext().master()).isEqualTo("local[2,8]");
    store =
        new RunStore(
            new RunLayout(root.toString(), "run"), spark.sparkContext().hadoopConfiguration());
    FakeTeacher.reset();
  }

  @AfterEach
  void stopSession() {
    spark.stop();
  }

  @Test
  void callsAreRepeatedOnlyForTheLostWorkOfFailedTasks() {
    TestSample.commit(spark, store, StepName.COLLECT, samples());
    TeacherBinding teacher =
        FakeTeacher.binding(Role.CAPTIONER, new CallSettings(CALLS_IN_FLIGHT, 64));
    CallingStage stage = new CallingStage(spark, store, StepName.CAPTION, teacher);
    StepReport report = stage.run(new AskAll(teacher), stage.fingerprint(1, teacher.settings()));

    List<FakeTeacher.Client> failed =
        FakeTeacher.opened().stream().filter(FakeTeacher.Client::broken).toList();
    int lost = failed.stream().mapToInt(FakeTeacher.Client::calls).sum();
    assertThat(failed).hasSizeBetween(1, FAILURES);
    assertThat(FakeTeacher.callsInAll()).isEqualTo(ROWS + lost);
    assertThat(failed)
        .allSatisfy(c -> assertThat(c.calls()).isLessThanOrEqualTo(ROWS / PARTITIONS));
    assertThat(FakeTeacher.opened()).allMatch(FakeTeacher.Client::closed);

    assertThat(report.counts()).isEqualTo(new Counts(ROWS, 0, ROWS, 0, 0));
    assertThat(report.measures()).containsEntry("calls", (double) ROWS);
    List<Row> ids = store.rows(spark, report).select("sample_id").distinct().collectAsList();
    assertThat(ids).hasSize(ROWS);
  }

  /** Rows of which a few, chosen at random, break the task that asks about them first. */
  private static List<TestSample> samples() {
    Random random = new Random(3);
    List<TestSample> samples = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      samples.add(TestSample.counting("s-" + i).with("question", "ask"));
    }
    for (int i = 0; i < FAILURES; i++) {
      samples.get(random.nextInt(ROWS)).with("question", "defect-once");
    }
    return samples;
  }
}
