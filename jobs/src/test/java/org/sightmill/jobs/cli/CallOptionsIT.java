package org.sightmill.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.Exam;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.faultserver.Roleplay;

/**
 * What {@code --yes}, {@code --offline} and {@code --retry-rejected} cost, by the account that the
 * model server keeps: the main job, where nobody can be asked.
 */
final class CallOptionsIT {
  private static final int FEW = 12;
  private static final int ALL = 20;
  private static final int SAMPLE_ROWS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Behaviour GOOD = new Roleplay();

  @TempDir static Path folder;
  private FaultServer server;

  @BeforeAll
  static void prepare() throws IOException {
    // Pictures are the same by number, so the few are among all.
    Exam.write(Files.createDirectories(folder.resolve("few")), FEW);
    Exam.write(Files.createDirectories(folder.resolve("all")), ALL);
  }

  @BeforeEach
  void startServer() {
    server = FaultServer.start(GOOD);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void withoutYesNothingBeyondTheSampleIsPaidForWhereNobodyCanBeAsked() throws Exception {
    Path config = config("asked", "run", "all", SAMPLE_ROWS);
    for (int times = 0; times < 2; times++) {
      Ended unasked = sightmill("build", "--config", config.toString(), "--until", "distill");
      assertThat(unasked.code()).as(unasked.said()).isEqualTo(2);
      assertThat(unasked.said())
          .contains(
              "distill will cost about 0.20 USD: 5 of 20 rows were asked about and cost 0.0500 USD",
              "; nobody can be asked here: give --yes to agree");
      assertThat(server.ledger().calls()).as("calls of the sample").isEqualTo(SAMPLE_ROWS);
      assertThat(run("asked", "run").resolve("3-distill/_report.json")).doesNotExist();
    }

    Ended agreed = sightmill("build", "--config", config.toString(), "--until", "distill", "--yes");
    assertThat(agreed.code()).as(agreed.said()).isZero();
    assertThat(agreed.said()).contains("distill will cost about 0.20 USD");
    assertThat(server.ledger().calls()).isEqualTo(ALL);
    assertThat(server.ledger().repeated()).isZero();
    assertThat(counts("asked", "run").path("out").asInt()).isEqualTo(ALL);
  }

  @Test
  void offlineServesTheLogAloneAndALaterRunAsksForTheRest() throws Exception {
    Path few = config("offline", "few", "few", 0);
    Ended first = sightmill("build", "--config", few.toString(), "--until", "distill");
    assertThat(first.code()).as(first.said()).isZero();
    assertThat(server.ledger().calls()).isEqualTo(FEW);

    Path all = config("offline", "all", "all", 0);
    Ended offline =
        sightmill("build", "--config", all.toString(), "--until", "distill", "--offline");
    assertThat(offline.code()).as(offline.said()).isZero();
    assertThat(server.ledger().calls()).as("calls of a run that is offline").isEqualTo(FEW);
    assertThat(counts("offline", "all").path("read").asInt()).isEqualTo(ALL);
    assertThat(counts("offline", "all").path("out").asInt()).isEqualTo(FEW);
    assertThat(reasons("offline", "all"))
        .isEqualTo(Map.of("RESPONSE_NOT_LOGGED", (long) ALL - FEW));

    Ended online = sightmill("build", "--config", all.toString(), "--until", "distill");
    assertThat(online.code()).as(online.said()).isZero();
    assertThat(server.ledger().calls()).isEqualTo(ALL);
    assertThat(server.ledger().repeated()).isZero();
    assertThat(counts("offline", "all").path("out").asInt()).isEqualTo(ALL);
  }

  @Test
  void onlyTheRowsRejectedForTheReasonAreTakenUpAgain() throws Exception {
    server.behave(CallOptionsIT::fickle);
    Path config = config("retried", "run", "all", 0);
    Ended first = sightmill("build", "--config", config.toString(), "--until", "distill");
    assertThat(first.code()).as(first.said()).isZero();
    assertThat(reasons("retried", "run"))
        .isEqualTo(Map.of("TEACHER_FAILED", 7L, "THINK_UNCLOSED", 8L));
    assertThat(server.ledger().calls()).isEqualTo(ALL);

    server.behave(GOOD);
    String[] retry = {
      "build",
      "--config",
      config.toString(),
      "--until",
      "distill",
      "--retry-rejected",
      "TEACHER_FAILED"
    };
    Ended retried = sightmill(retry);
    assertThat(retried.code()).as(retried.said()).isZero();
    assertThat(retried.said()).contains("distill: 7 rows are taken up again");
    assertThat(server.ledger().calls()).isEqualTo(ALL + 7);
    assertThat(server.ledger().repeated()).isEqualTo(7);
    assertThat(reasons("retried", "run")).isEqualTo(Map.of("THINK_UNCLOSED", 8L));
    assertThat(counts("retried", "run").path("out").asInt()).isEqualTo(ALL - 8);

    Ended nothingLeft = sightmill(retry);
    assertThat(nothingLeft.code()).as(nothingLeft.said()).isEqualTo(2);
    assertThat(nothingLeft.said())
        .contains(
            "--retry-rejected: no committed step of run 'run' has rows rejected for TEACHER_FAILED;"
                + " 'sightmill inspect' lists the reasons");
    assertThat(server.ledger().calls()).isEqualTo(ALL + 7);
  }

  /** Refuses 7 of the 20 questions, and on 8 it does not come to an end of thinking. */
  private static Action fickle(org.sightmill.pipeline.faultserver.Call call) {
    String user = Chat.userText(call);
    if (user.contains("What is picture")) {
      return Action.json(400, "{\"error\":{\"message\":\"no names\"}}");
    }
    return user.contains("How much is 1")
        ? Action.json(200, Chat.answer("<think>\nWell"))
        : GOOD.on(call);
  }

  /** A reasoner at one cent a call; what the exam does not bring, nobody is asked for. */
  private Path config(String root, String runId, String items, int sampleRows) throws IOException {
    Path file = folder.resolve(root + "-" + runId + ".yaml");
    return Files.writeString(
        file,
        """
        root: %s
        run_id: %s
        max_reject_fraction: 1
        sources:
          - name: exam
            path: %s/items.jsonl
            map: {id: $.id, image: $.image, question: $.q, answer: $.a, context: a square}
        teachers:
          reasoner:
            provider: openai
            model: reasoner
            endpoints: [{url: "%s"}]
            prices: {usd_per_request: 0.01}
        calls: {sample_rows: %d}
        """
            .formatted(
                folder.resolve(root), runId, folder.resolve(items), server.url(), sampleRows));
  }

  /** What a command said on both streams, and how it ended. */
  private record Ended(int code, String said) {}

  private static Ended sightmill(String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    return new Ended(Sightmill.run(writer, writer, arguments), said.toString());
  }

  private static Path run(String root, String runId) {
    return folder.resolve(root).resolve(runId);
  }

  private static JsonNode report(String root, String runId) throws IOException {
    return JSON.readTree(run(root, runId).resolve("3-distill/_report.json").toFile());
  }

  private static JsonNode counts(String root, String runId) throws IOException {
    return report(root, runId).path("counts");
  }

  /** Rejected rows by code. */
  private static Map<String, Long> reasons(String root, String runId) throws IOException {
    Map<String, Long> reasons = new TreeMap<>();
    report(root, runId)
        .path("reasons")
        .forEach(reason -> reasons.put(reason.path("code").asText(), reason.path("rows").asLong()));
    return reasons;
  }
}
