package org.sightmill.pipeline.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.SparkTasks;
import org.sightmill.pipeline.TestSample;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.ContentDigest;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.spend.Prices;

/** What is paid for once: a step over a server that keeps a ledger of its own. */
@ExtendWith(SparkTasks.class)
final class KeptCallsIT {
  private static final int ROWS = 40;
  private static final double CALL_USD = 0.01;
  private static final Behaviour GOOD = call -> Action.json(200, Chat.answer("seen"));

  /** Refuses rows whose question says so, for good. */
  private static final Behaviour PICKY =
      call ->
          Chat.userText(call).contains("hard")
              ? Action.json(400, "{\"error\":{\"message\":\"too hard\"}}")
              : GOOD.on(call);

  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();
  private FaultServer server;
  private RunStore store;

  @BeforeEach
  void open() {
    server = FaultServer.start(GOOD);
    store = store("run");
    commitInput(store);
  }

  @AfterEach
  void close() {
    server.close();
    CallDesk.installed().orElseThrow().askBeforeSpending(CostGate.OPEN);
  }

  private RunStore store(String runId) {
    return new RunStore(
        new RunLayout(root.toString(), runId), spark.sparkContext().hadoopConfiguration());
  }

  private void commitInput(RunStore into) {
    List<TestSample> samples = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String kind = i % 4 == 0 ? "hard" : "easy";
      samples.add(TestSample.counting("s-" + i).with("question", kind + " question " + i));
    }
    TestSample.commit(spark, into, StepName.COLLECT, samples);
  }

  private StepReport run(CallSettings settings, Double budgetUsd) {
    return run(store, settings, budgetUsd);
  }

  private StepReport run(RunStore in, CallSettings settings, Double budgetUsd) {
    TeacherConfig config =
        new TeacherConfig(
            TeacherConfig.OPENAI,
            "m",
            new TreeMap<>(),
            budgetUsd,
            new Prices(0, 0, CALL_USD),
            null,
            List.of(EndpointConfig.of(server.url())),
            null,
            null,
            null,
            null,
            null,
            null);
    TeacherBinding teacher = TeacherBinding.of(Role.REASONER, config, Prompts.packaged(), settings);
    CallingStage stage = new CallingStage(spark, in, StepName.CAPTION, teacher);
    return stage.run(new AskAll(teacher), stage.fingerprint(1, settings.callsInFlight()));
  }

  private static CallSettings settings(CallMode mode, int sampleRows) {
    return new CallSettings(4, 8, mode, sampleRows, null);
  }

  private StepReport run() {
    return run(settings(CallMode.ONLINE, 0), null);
  }

  private String digest(RunStore in, StepReport report) {
    return ContentDigest.of(in.rows(spark, report));
  }

  @Test
  void noRunOfTheRootPaysForAnAnswerTwice() {
    StepReport first = run();
    assertThat(server.ledger().calls()).isEqualTo(ROWS);
    assertThat(first.measures().get("cost_usd")).isBetween(0.399999, 0.400001);
    assertThat(first.measures().get("spent_usd")).isBetween(0.399999, 0.400001);

    StepReport again = run();
    RunStore other = store("other");
    commitInput(other);
    StepReport elsewhere = run(other, settings(CallMode.ONLINE, 0), null);
    assertThat(server.ledger().calls()).isEqualTo(ROWS);
    assertThat(again.measures()).containsEntry("spent_usd", 0.0);
    assertThat(digest(store, again)).isEqualTo(digest(other, elsewhere));
    assertThat(root.resolve("_responses/_lease")).isEmptyDirectory();
  }

  @Test
  void offlineServesTheLogAndRejectsTheRest() {
    server.behave(PICKY);
    String first = run().fingerprint();
    TestSample.commit(
        spark,
        store,
        StepName.COLLECT,
        List.of(
            TestSample.counting("s-1").with("question", "easy question 1"),
            TestSample.counting("new").with("question", "never asked")));
    StepReport offline = run(settings(CallMode.OFFLINE, 0), null);
    assertThat(server.ledger().calls()).isEqualTo(ROWS);
    assertThat(offline.counts()).isEqualTo(new Counts(2, 0, 1, 1, 0));
    assertThat(offline.reasons())
        .extracting(ReasonCount::code)
        .containsExactly(RejectReason.RESPONSE_NOT_LOGGED);
    assertThat(offline.fingerprint()).isNotEqualTo(first);
    assertThat(offline.fingerprintParts()).containsEntry("answers_missing", "1");

    StepReport online = run();
    assertThat(online.counts()).isEqualTo(new Counts(2, 0, 2, 0, 0));
    assertThat(online.fingerprint()).isEqualTo(first);
    assertThat(server.ledger().calls()).isEqualTo(ROWS + 1);
  }

  @Test
  void aCapStopsTheStepWithoutACommitAndARerunWithMoreGoesOn() {
    assertThatThrownBy(() -> run(settings(CallMode.ONLINE, 0), 15 * CALL_USD))
        .isInstanceOf(CallsStoppedException.class)
        .hasMessageStartingWith(
            "step caption stopped: teachers.reasoner.budget_usd of 0.150000 USD is reached: ")
        .hasMessageEndingWith(
            "Every answer that came is kept; the same command goes on from there");
    assertThat(server.ledger().calls()).isBetween(1L, 15L);
    assertThat(store.report(StepName.CAPTION)).isEmpty();

    StepReport rest = run(settings(CallMode.ONLINE, 0), ROWS * CALL_USD);
    assertThat(rest.counts().out()).isEqualTo(ROWS);
    assertThat(server.ledger().calls()).isEqualTo(ROWS);
  }

  @Test
  void aStopKeepsWhatIsInFlight() {
    CallDesk desk = CallDesk.installed().orElseThrow();
    server.behave(
        call -> {
          if (call.number() == 10) {
            desk.stop("it was asked to by SIGTERM");
          }
          return GOOD.on(call).after(600);
        });
    try {
      assertThatThrownBy(this::run)
          .isInstanceOf(CallsStoppedException.class)
          .hasMessageContaining("step caption stopped: it was asked to by SIGTERM");
      assertThatThrownBy(desk::requireNotStopped)
          .isInstanceOf(CallsStoppedException.class)
          .hasMessage("it was asked to by SIGTERM");
    } finally {
      desk.goOn();
    }
    long before = server.ledger().calls();
    assertThat(before).isBetween(11L, (long) ROWS - 1);
    server.behave(GOOD);
    assertThat(run().counts().out()).isEqualTo(ROWS);
    assertThat(server.ledger().calls()).isEqualTo(ROWS);
  }

  @Test
  void rowsTakenUpAgainAreTheOnlyOnesAskedAbout() {
    server.behave(PICKY);
    StepReport first = run();
    assertThat(first.counts()).isEqualTo(new Counts(ROWS, 0, 30, 10, 0));
    server.behave(GOOD);
    assertThat(run().counts())
        .as("a final failure is not asked about again")
        .isEqualTo(first.counts());
    assertThat(server.ledger().calls()).isEqualTo(ROWS);

    assertThat(Retakes.take(spark, store, RejectReason.TEACHER_FAILED))
        .containsExactly(java.util.Map.entry(StepName.CAPTION, 10L));
    StepReport retaken = run();
    assertThat(retaken.counts()).isEqualTo(new Counts(ROWS, 0, ROWS, 0, 0));
    assertThat(retaken.fingerprint()).isNotEqualTo(first.fingerprint());
    assertThat(server.ledger().calls()).isEqualTo(ROWS + 10);

    assertThat(run().counts()).isEqualTo(retaken.counts());
    assertThat(server.ledger().calls()).isEqualTo(ROWS + 10);
    assertThat(Retakes.take(spark, store, RejectReason.TEACHER_FAILED)).isEmpty();
  }

  @Test
  void aStepIsWatchedWhileItCallsAndItsReportKeepsTheRates() {
    CallDesk desk = CallDesk.installed().orElseThrow();
    List<CallProgress> seen = new CopyOnWriteArrayList<>();
    server.behave(
        call -> {
          seen.add(desk.progress());
          return call.number() == 6 ? Action.json(500, "{}") : GOOD.on(call).after(700);
        });
    StepReport report = run();
    assertThat(seen)
        .anySatisfy(
            progress -> {
              assertThat(progress.rowsExpected()).isEqualTo(ROWS);
              assertThat(progress.rows()).isBetween(1L, (long) ROWS);
              assertThat(progress.inFlight()).isBetween(1L, 8L);
              assertThat(progress.answersPerSecond()).isPositive();
              assertThat(progress.tokensPerSecond()).isPositive();
              assertThat(progress.usd()).isBetween(CALL_USD, ROWS * CALL_USD);
              assertThat(progress.usdAtTheEnd()).isGreaterThan(progress.usd());
              assertThat(progress.secondsLeft()).isPositive();
              assertThat(progress.faults()).containsEntry("SERVER_ERROR " + host(), 1L);
            });
    assertThat(desk.progress()).as("no step calls now").isEqualTo(CallProgress.NONE);
    assertThat(report.measures())
        .containsEntry("attempts", ROWS + 1.0)
        .containsEntry("fault SERVER_ERROR " + host(), 1.0);
    assertThat(report.measures().get("answers_per_s")).isBetween(0.5, 20.0);
    assertThat(report.measures().get("tokens_per_s"))
        .isCloseTo(15 * report.measures().get("answers_per_s"), withPercentage(1));
    assertThat(report.measures().get("in_flight_mean")).isBetween(0.5, 8.0);
    assertThat(metrics())
        .contains(
            "calls.rows",
            "calls.answers_per_s",
            "calls.tokens_per_s",
            "calls.in_flight",
            "calls.usd",
            "calls.usd_at_the_end",
            "calls.seconds_left",
            "calls.fault.SERVER_ERROR." + host());
  }

  private String host() {
    return "127.0.0.1:" + server.port();
  }

  /** What Spark's sinks are told of. */
  private static java.util.Set<String> metrics() {
    return scala.jdk.javaapi.CollectionConverters.asJava(
            org.apache.spark.SparkEnv.get()
                .metricsSystem()
                .getSourcesByName("plugin." + CallsPlugin.class.getName()))
        .stream()
        .flatMap(source -> source.metricRegistry().getGauges().keySet().stream())
        .collect(java.util.stream.Collectors.toSet());
  }

  @Test
  void theCostIsProjectedFromASampleThatIsNotPaidForTwice() {
    List<CostProjection> asked = new ArrayList<>();
    CallDesk.installed().orElseThrow().askBeforeSpending(asked::add);
    StepReport report = run(settings(CallMode.ONLINE, 8), 5.0);
    assertThat(report.measures().get("projected_usd")).isBetween(0.3999, 0.4001);
    assertThat(server.ledger().calls()).isEqualTo(ROWS);
    assertThat(asked)
        .singleElement()
        .satisfies(
            projection -> {
              assertThat(projection.totalUsd()).isBetween(0.3999, 0.4001);
              assertThat(projection.sentence())
                  .isEqualTo(
                      "caption will cost about 0.40 USD: 8 of 40 rows were asked about and cost 0.0800 USD; budget_usd is 5.0");
            });
  }

  @Test
  void aCostThatIsNotAgreedToLeavesTheStepAsItWas() {
    StepReport before = run();
    TestSample.commit(
        spark,
        store,
        StepName.COLLECT,
        java.util.stream.IntStream.range(0, ROWS)
            .mapToObj(i -> TestSample.counting("n-" + i).with("question", "another " + i))
            .toList());
    CallDesk.installed()
        .orElseThrow()
        .askBeforeSpending(
            projection -> {
              throw new InvalidConfigException(List.of("nobody can be asked"));
            });
    for (int times = 0; times < 2; times++) {
      assertThatThrownBy(() -> run(settings(CallMode.ONLINE, 8), null))
          .as("the sample costs nothing the second time, and all of it as much as before")
          .hasMessage("nobody can be asked");
      assertThat(store.report(StepName.CAPTION)).contains(before);
      assertThat(server.ledger().calls()).isEqualTo(ROWS + 8);
    }
    List<CostProjection> asked = new ArrayList<>();
    CallDesk.installed().orElseThrow().askBeforeSpending(asked::add);
    run(settings(CallMode.ONLINE, 8), null);
    assertThat(asked).singleElement().matches(projection -> projection.totalUsd() > 0.39);
    run(settings(CallMode.ONLINE, 8), null);
    assertThat(asked).as("what was agreed to is not asked again").hasSize(1);
  }

  @Test
  void theLogReadsAsATable() {
    server.behave(PICKY);
    run();
    ResponseTable table = ResponseTable.of(spark, store.layout());
    assertThat(
            table.rows().select("step", "role", "model", "failure_code").distinct().collectAsList())
        .extracting(row -> row.getString(0), row -> row.getString(1), row -> row.getString(2))
        .containsOnly(tuple("caption", "reasoner", "m"));
    assertThat(table.byRole())
        .extracting(
            ResponseTable.RoleTotals::role,
            ResponseTable.RoleTotals::replies,
            ResponseTable.RoleTotals::failures)
        .containsExactly(tuple("reasoner", (long) ROWS, 10L));
  }
}
