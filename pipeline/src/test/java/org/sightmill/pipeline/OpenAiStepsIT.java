package org.sightmill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.calls.CallSettings;
import org.sightmill.pipeline.calls.TeacherBinding;
import org.sightmill.pipeline.caption.CaptionConfig;
import org.sightmill.pipeline.caption.CaptionStep;
import org.sightmill.pipeline.collect.CollectConfig;
import org.sightmill.pipeline.collect.CollectStep;
import org.sightmill.pipeline.collect.SourceReaders;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.curate.CurateConfig;
import org.sightmill.pipeline.curate.CurateStep;
import org.sightmill.pipeline.distill.DistillConfig;
import org.sightmill.pipeline.distill.DistillStep;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Exam;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.faultserver.Roleplay;
import org.sightmill.pipeline.faultserver.Weather;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.rewrite.RewriteConfig;
import org.sightmill.pipeline.rewrite.RewriteStep;
import org.sightmill.pipeline.step.ContentDigest;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.Retries;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.Timeouts;
import org.sightmill.pipeline.verify.VerifyConfig;
import org.sightmill.pipeline.verify.VerifyStep;

/** The six steps with every role played by servers, in fair and in foul weather. */
final class OpenAiStepsIT {
  private static final int ITEMS = 90;
  private static final Timeouts TIMEOUTS = new Timeouts(2.0, 10.0, 2.0);
  private static final Retries RETRIES = new Retries(8, 0.02, 0.2, 60.0);

  @TempDir static Path folder;
  private static Map<StepName, String> fair;
  private static List<StepReport> reports;

  @BeforeAll
  static void runInFairWeather() throws Exception {
    Exam.write(Files.createDirectories(folder.resolve("exam")), ITEMS);
    reports = new ArrayList<>();
    fair = digests("fair", List.of(new Roleplay()));
  }

  @Test
  void everyRowPassesEveryRole() {
    assertThat(reports).extracting(report -> report.counts().out()).containsOnly((long) ITEMS);
    assertThat(report(StepName.CAPTION).measures())
        .containsEntry("calls", (double) ITEMS)
        .containsEntry("input_tokens", 10.0 * ITEMS)
        .containsEntry("output_tokens", 5.0 * ITEMS);
    assertThat(report(StepName.VERIFY).measures()).containsEntry("calls", ITEMS / 3.0);
  }

  @Test
  void theSameComesOutInFoulWeather() throws Exception {
    assertThat(digests("foul", List.of(new Weather(new Roleplay(), 1)))).isEqualTo(fair);
  }

  @Test
  void theSameComesOutOfThreeEndpointsOfWhichOneIsDown() throws Exception {
    Behaviour down = call -> org.sightmill.pipeline.faultserver.Action.reset();
    assertThat(digests("three", List.of(new Roleplay(), down, new Weather(new Roleplay(), 2))))
        .isEqualTo(fair);
  }

  private static StepReport report(StepName name) {
    return reports.stream().filter(report -> report.step() == name).findFirst().orElseThrow();
  }

  private static Map<StepName, String> digests(String name, List<Behaviour> behaviours) {
    List<FaultServer> servers = behaviours.stream().map(FaultServer::start).toList();
    try {
      return run(name, servers.stream().map(server -> EndpointConfig.of(server.url())).toList());
    } finally {
      servers.forEach(FaultServer::close);
    }
  }

  private static Map<StepName, String> run(String name, List<EndpointConfig> endpoints) {
    SparkSession spark = TestSpark.session();
    RunStore store =
        new RunStore(
            new RunLayout(folder.resolve(name).toString(), "run"),
            spark.sparkContext().hadoopConfiguration());
    Map<StepName, String> digests = new TreeMap<>();
    for (Step step : steps(spark, store, endpoints)) {
      StepReport report = step.run();
      reports.add(report);
      Dataset<Row> rows = store.rows(spark, report);
      digests.put(report.step(), ContentDigest.of(rows));
    }
    return digests;
  }

  private static List<Step> steps(
      SparkSession spark, RunStore store, List<EndpointConfig> endpoints) {
    return List.of(
        new CollectStep(spark, store, CollectConfig.of(List.of(source())), SourceReaders.load()),
        new CaptionStep(
            spark,
            store,
            CaptionConfig.DEFAULT,
            teacher(Role.CAPTIONER, endpoints),
            teacher(Role.REPAIRER, endpoints)),
        new DistillStep(spark, store, DistillConfig.DEFAULT, teacher(Role.REASONER, endpoints)),
        new RewriteStep(spark, store, RewriteConfig.DEFAULT, teacher(Role.REWRITER, endpoints)),
        new VerifyStep(spark, store, VerifyConfig.DEFAULT, teacher(Role.JUDGE, endpoints)),
        new CurateStep(spark, store, CurateConfig.DEFAULT));
  }

  private static SourceConfig source() {
    Map<String, String> map =
        Map.of("id", "$.id", "image", "$.image", "question", "$.q", "answer", "$.a");
    String items = folder.resolve("exam/items.jsonl").toString();
    return new SourceConfig(
        "exam", null, items, null, null, new TreeMap<>(map), null, null, null, null, null, null);
  }

  private static TeacherBinding teacher(Role role, List<EndpointConfig> endpoints) {
    TeacherConfig config =
        new TeacherConfig(
            TeacherConfig.OPENAI,
            role.label(),
            new TreeMap<>(),
            null,
            null,
            null,
            endpoints,
            null,
            null,
            null,
            null,
            TIMEOUTS,
            RETRIES);
    return TeacherBinding.of(role, config, Prompts.packaged(), new CallSettings(16, 64));
  }
}
