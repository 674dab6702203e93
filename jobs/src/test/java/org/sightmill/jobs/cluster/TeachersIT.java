package org.sightmill.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Exam;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.faultserver.Roleplay;
import org.sightmill.pipeline.faultserver.Weather;

/** The main job by spark-submit, every role on a server that asks for a key. */
final class TeachersIT {
  private static final int ITEMS = 30;
  private static final int LIMIT_MINUTES = 10;
  private static final String KEY_IN_ENVIRONMENT = "sk-planted-in-the-environment-5c1f";
  private static final String KEY_IN_FILE = "sk-planted-in-a-file-9e42";
  private static final Path JAR = Path.of(System.getProperty("sightmill.jar"));
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  @TempDir static Path secrets;
  private static SparkHome spark;
  private static SparkPages pages;
  private static int uiPort;

  @BeforeAll
  static void prepare() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      uiPort = free.getLocalPort();
    }
    pages =
        new SparkPages(
            uiPort,
            KEY_IN_ENVIRONMENT,
            KEY_IN_FILE,
            "spark.redaction.regex",
            "reasoner by openai",
            "calls.answers_per_s",
            "calls.fault.");
    spark = SparkHome.shared();
    Exam.write(Files.createDirectories(folder.resolve("exam")), ITEMS);
    Files.createDirectories(folder.resolve("events"));
    Files.writeString(secrets.resolve("key"), KEY_IN_FILE + "\n");
  }

  @Test
  void buildsADataSetAndNeverTellsAKey() throws Exception {
    Behaviour weather = new Weather(new Roleplay(), 3);
    try (FaultServer server = FaultServer.start(call -> guarded(call, weather))) {
      writeConfig(server);
      Ended build = sightmill("build", "--config", "teachers.yaml");
      assertThat(build.code()).as(build.said()).isZero();
      assertThat(build.said())
          .contains("caption  30 of 30 rows", "distill  30 of 30 rows", "verify   30 of 30 rows");
      JsonNode distill = JSON.readTree(folder.resolve("out/run/3-distill/_report.json").toFile());
      assertThat(distill.at("/measures/calls").asInt()).isEqualTo(ITEMS);
      assertThat(distill.at("/measures/attempts").asInt()).isGreaterThanOrEqualTo(ITEMS);
      assertThat(filesWith(KEY_IN_ENVIRONMENT)).isEmpty();
      assertThat(filesWith(KEY_IN_FILE)).isEmpty();
      assertThat(filesWith("reasoner")).as("the search finds what is there").isNotEmpty();
      assertThat(folder.resolve("events")).isNotEmptyDirectory();
      assertThat(filesWith("MapPartitions")).as("plans in the event log").isNotEmpty();
      thePagesTellNoKey();
    }
  }

  private static void thePagesTellNoKey() {
    assertThat(pages.with(KEY_IN_ENVIRONMENT)).isEmpty();
    assertThat(pages.with(KEY_IN_FILE)).isEmpty();
    assertThat(pages.with("spark.redaction.regex")).contains("/environment/");
    assertThat(pages.with("reasoner by openai")).contains("/jobs/");
    assertThat(pages.with("calls.answers_per_s")).contains("/metrics/json/");
    assertThat(pages.with("calls.fault.")).contains("/metrics/json/");
    assertThat(pages.plans()).as("queries whose plans were seen").isGreaterThan(5);
  }

  @Test
  void aConfigurationThatCannotWorkIsToldAsAWhole() throws Exception {
    Files.writeString(
        folder.resolve("wrong.yaml"),
        """
        teachers:
          captioner: {provider: openai, model: m}
          reasoner: {provider: openai, model: m, endpoints: [{url: "http://h/v1", api_key: x}]}
          rewriter: {provider: opneai}
          judge: {endpoints: [{url: "http://h/v1"}], provider: builtin}
        """);
    Ended build = sightmill("build", "--config", "wrong.yaml", "--from", "distill");
    assertThat(build.code()).as(build.said()).isEqualTo(2);
    assertThat(build.said())
        .contains("endpoints must name at least one")
        .contains("api_key is not a key here; known are url, weight, max_in_flight, api_key_env");
  }

  private static Action guarded(org.sightmill.pipeline.faultserver.Call call, Behaviour behaviour) {
    String key = call.headers().getOrDefault("authorization", "");
    boolean known =
        key.equals("Bearer " + KEY_IN_ENVIRONMENT) || key.equals("Bearer " + KEY_IN_FILE);
    return known
        ? behaviour.on(call)
        : Action.json(401, "{\"error\":{\"message\":\"wrong key " + key + "\"}}");
  }

  private static void writeConfig(FaultServer server) throws IOException {
    StringBuilder teachers = new StringBuilder();
    for (String role : List.of("captioner", "reasoner", "rewriter", "judge")) {
      boolean byFile = role.equals("captioner");
      teachers.append(
          "  %s: {provider: openai, model: %s, endpoints: [{url: \"%s\", %s: %s}],"
              .formatted(
                  role,
                  role,
                  server.url(),
                  byFile ? "api_key_file" : "api_key_env",
                  byFile ? secrets.resolve("key") : "PLANTED_KEY"));
      teachers.append(" retries: {first_backoff_seconds: 0.02, max_attempts: 8}}\n");
    }
    Files.writeString(
        folder.resolve("teachers.yaml"),
        """
        root: out
        sources:
          - {name: exam, path: exam/items.jsonl, map: {id: $.id, image: $.image, question: $.q, answer: $.a}}
        teachers:
        %s"""
            .formatted(teachers));
  }

  /** What a command said on both streams, and how it ended. */
  private record Ended(int code, String said) {}

  private static Ended sightmill(String... arguments) throws Exception {
    Path log = folder.resolve("said.log");
    List<String> submit =
        List.of(
            "--master",
            "local[2]",
            "--conf",
            "spark.eventLog.enabled=true",
            "--conf",
            "spark.eventLog.compress=false",
            "--conf",
            "spark.eventLog.dir=" + folder.resolve("events").toUri(),
            "--conf",
            "spark.ui.enabled=true",
            "--conf",
            "spark.ui.port=" + uiPort,
            "--class",
            "org.sightmill.jobs.cli.Sightmill",
            JAR.toString());
    Process process =
        spark.start(
            folder,
            log,
            List.of("-Xmx1g"),
            "org.apache.spark.deploy.SparkSubmit",
            Stream.concat(submit.stream(), Stream.of(arguments)).toList(),
            Map.of("PLANTED_KEY", KEY_IN_ENVIRONMENT));
    try {
      pages.watch(process);
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(log));
  }

  /** Every file below the working folder that holds a text: data, logs, plans, status, events. */
  private static List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
