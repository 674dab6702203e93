package org.sightmill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.caption.CaptionConfig;
import org.sightmill.pipeline.caption.CaptionStep;
import org.sightmill.pipeline.distill.DistillConfig;
import org.sightmill.pipeline.distill.DistillStep;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.rewrite.RewriteConfig;
import org.sightmill.pipeline.rewrite.RewriteStep;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.verify.VerifyConfig;
import org.sightmill.pipeline.verify.VerifyStep;

/** Steps 2 to 5 with the builtin teachers, from committed collect output to verified rows. */
final class FourStepsIT {
  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();
  private RunStore store;

  @BeforeEach
  void openStore() {
    store =
        new RunStore(
            new RunLayout(root.toString(), "run"), spark.sparkContext().hadoopConfiguration());
  }

  @Test
  void keepsWhatTheRationaleGetsRightAndNamesWhyTheRestEnds() {
    TestSample.commit(spark, store, StepName.COLLECT, samples());
    StepReport caption = run(captionStep(CaptionConfig.DEFAULT));
    assertThat(caption.counts()).isEqualTo(new Counts(8, 0, 7, 1, 0));
    assertThat(codes(caption)).containsExactly(RejectReason.CAPTIONER_UNSERVED);

    StepReport distill = run(distillStep());
    assertThat(distill.counts()).isEqualTo(new Counts(7, 0, 6, 1, 0));
    assertThat(codes(distill)).containsExactly(RejectReason.REASONER_UNSERVED);
    assertThat(distill.measures()).containsEntry("calls", 5.0).containsEntry("cost_usd", 0.0);

    StepReport rewrite = run(rewriteStep());
    assertThat(rewrite.counts()).isEqualTo(new Counts(6, 0, 6, 0, 0));

    StepReport verify = run(verifyStep());
    assertThat(codes(verify)).containsExactly(RejectReason.ANSWER_DIFFERENT);
    Map<String, Row> kept = byId(store.rows(spark, verify));
    assertThat(kept.keySet()).containsExactlyInAnyOrder("digit", "choice", "box", "open", "traced");
    assertThat(kept.get("digit").<String>getAs("response"))
        .isEqualTo(
            "<think>I see two cubes and one more. The answer is 3.</think>\n\n<answer>3</answer>");
    assertThat(kept.get("choice").<String>getAs("response")).endsWith("<answer>B: 5</answer>");
    assertThat(kept.get("digit").<String>getAs("verdict_by")).isEqualTo("rule");
    assertThat(kept.get("open").<String>getAs("verdict_by")).isEqualTo("judge:builtin");
    assertThat(kept.get("open").getList(kept.get("open").fieldIndex("provenance")))
        .extracting(entry -> ((Row) entry).getString(0))
        .containsExactly("distill", "rewrite", "verify");
  }

  @Test
  void aFingerprintHoldsUntilConfigurationOrInputChanges() {
    TestSample.commit(spark, store, StepName.COLLECT, samples());
    assertThat(captionStep(CaptionConfig.DEFAULT).fingerprint().sha256())
        .isEqualTo(captionStep(CaptionConfig.DEFAULT).fingerprint().sha256());
    CaptionConfig beside = new CaptionConfig(CaptionConfig.ContextUse.BESIDE);
    assertThat(
            captionStep(beside)
                .fingerprint()
                .changesSince(captionStep(CaptionConfig.DEFAULT).fingerprint().parts()))
        .containsExactly("config.context_use: INSTEAD -> BESIDE");
  }

  private static List<TestSample> samples() {
    return List.of(
        explained("digit", "I see two cubes and one more. The answer is 3."),
        explained("wrong", "I see two cubes and miss one. The answer is 2."),
        explained("choice", "The largest circle has the largest number, so it should be 5.")
            .withChoices("4", "5", "6")
            .with("answer", "B")
            .with("answer_type", "choice"),
        explained("box", "It lies at the upper left. The answer is [0.1, 0.1, 0.5, 0.52].")
            .with("answer", "[0.1, 0.1, 0.5, 0.5]")
            .with("answer_type", "box"),
        explained("open", "The answer is: A red ball beside a cube.")
            .with("answer", "a red ball beside a cube")
            .with("answer_type", "open"),
        TestSample.counting("traced")
            .with("reasoning_raw", "Three cubes stand there.")
            .with("answer_raw", "3"),
        TestSample.counting("blind"),
        TestSample.counting("unexplained").with("context", "Three cubes."));
  }

  private static TestSample explained(String id, String rationale) {
    return TestSample.counting(id).with("context", "A scene.").with("rationale", rationale);
  }

  private static StepReport run(Step step) {
    return step.run();
  }

  private CaptionStep captionStep(CaptionConfig config) {
    return new CaptionStep(
        spark,
        store,
        config,
        TeacherBinding.builtin(Role.CAPTIONER),
        TeacherBinding.builtin(Role.REPAIRER));
  }

  private DistillStep distillStep() {
    return new DistillStep(
        spark, store, DistillConfig.DEFAULT, TeacherBinding.builtin(Role.REASONER));
  }

  private RewriteStep rewriteStep() {
    return new RewriteStep(
        spark, store, RewriteConfig.DEFAULT, TeacherBinding.builtin(Role.REWRITER));
  }

  private VerifyStep verifyStep() {
    return new VerifyStep(spark, store, VerifyConfig.DEFAULT, TeacherBinding.builtin(Role.JUDGE));
  }

  private static List<RejectReason> codes(StepReport report) {
    return report.reasons().stream().map(ReasonCount::code).toList();
  }

  private static Map<String, Row> byId(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getAs("sample_id"), Function.identity()));
  }
}
