package org.sightmill.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person meets them: the application jar in a JVM of its own. */
final class SightmillIT {
  private static final int LIMIT_MINUTES = 10;
  private static final Path JAR = Path.of(System.getProperty("sightmill.jar"));
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  /** What a command said and how it ended. */
  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void writeConfigurations() throws IOException {
    Files.writeString(
        folder.resolve("good.yaml"),
        """
        run_id: demo
        sources:
          - {name: made, reader: procedural, options: {rows: 20, seed: 3}}
          - {name: lines, path: lines.jsonl, map: {id: $.id, question: $.q, answer: $.a}}
        """);
    Files.writeString(
        folder.resolve("lines.jsonl"),
        "{\"id\": 1, \"q\": \"How many?\", \"a\": \"3\"}\n{\"id\": 2, \"q\": \"\", \"a\": \"3\"}\n");
    Files.writeString(
        folder.resolve("bad.yaml"),
        """
        sources: [{name: a, path: nowhere.jsonl}]
        rewrite: {max_word_dleta: 3}
        max_reject_fraction: 2
        """);
  }

  @Test
  void helpNeedsNoSpark() throws Exception {
    Ended help = sightmill(withJars("jackson-", "snakeyaml-"), "--help");
    assertThat(help.code()).as(help.err()).isZero();
    assertThat(help.out()).startsWith("Usage: sightmill").contains("quickstart", "Exit codes:");
  }

  @Test
  void aBadConfigurationIsToldAsAWhole() throws Exception {
    Ended build = sightmill(withSpark(), "build", "--config", "bad.yaml");
    assertThat(build.code()).isEqualTo(2);
    assertThat(build.err())
        .contains("3 problems with the configuration:")
        .contains("bad.yaml:1: sources[0].path names no file or folder")
        .contains("bad.yaml:2: rewrite.max_word_dleta is not a key here")
        .contains("bad.yaml:3: max_reject_fraction must be in [0, 1] but was 2.0")
        .doesNotContain("\tat ");
  }

  @Test
  void aPreviewShowsRowsAndRejectsAndWritesNothing() throws Exception {
    Ended preview =
        sightmill(
            withSpark(), "collect", "--preview", "2", "--config", "good.yaml", "--root", "none");
    assertThat(preview.err()).doesNotContain("\tat ");
    assertThat(preview.code()).isZero();
    assertThat(preview.out())
        .contains("ok", "answer_type", "rejected ", "4 records", "nothing was written");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void tooManyFaultsEndWithCodeThree() throws Exception {
    String[] gate = {"--root", "out", "--run-id", "gate", "--set", "max_reject_fraction=0.01"};
    Ended build = sightmill(withSpark(), with(gate, "build", "--config", "good.yaml"));
    assertThat(build.code()).as(build.err()).isEqualTo(3);
    assertThat(build.err()).contains("max_reject_fraction").doesNotContain("\tat ");
    JsonNode status = JSON.readTree(folder.resolve("out/gate/_run/status.json").toFile());
    assertThat(status.path("exit_code").asInt()).isEqualTo(3);
    List<JsonNode> reports = reports(folder.resolve("out/gate"));
    assertThat(reports).as("steps behind the gate").hasSize(1);
    assertThat(reports.get(0).at("/counts/read").asInt()).isEqualTo(22);
    assertThat(reports.get(0).at("/counts/rejected").asInt()).isPositive();
  }

  @Test
  void inspectCountsWhatTheReportsCount() throws Exception {
    String[] run = {"--config", "good.yaml", "--root", "out", "--set", "max_reject_fraction=1"};
    assertThat(sightmill(withSpark(), with(run, "build")))
        .satisfies(build -> assertThat(build.code()).as(build.err()).isZero());
    Ended inspect = sightmill(withSpark(), with(run, "inspect", "--json", "--rows", "1"));
    assertThat(inspect.code()).as(inspect.err()).isZero();
    JsonNode shown = JSON.readTree(inspect.out());
    List<JsonNode> reports = reports(folder.resolve("out/demo"));
    assertThat(reports).hasSize(6);
    assertThat(shown.get("rows")).hasSize(1);
    for (int i = 0; i < reports.size(); i++) {
      JsonNode step = shown.get("steps").get(i);
      assertThat(step.get("counts")).isEqualTo(reports.get(i).get("counts"));
      assertThat(step.get("reasons")).isEqualTo(reports.get(i).get("reasons"));
    }
  }

  @Test
  void aTinyModelAnswersAndScoresFromTheJar() throws Exception {
    String[] model = {"--model", "tiny", "--device", "cpu"};
    Ended setup = sightmill(withSpark(), "setup", "--tiny-model", "tiny");
    assertThat(setup.code()).as(setup.err()).isZero();
    String[] question = {"--question", "How many?", "--max-tokens", "5", "--json"};
    Ended answer = sightmill(withSpark(), with(question, with(model, "generate")));
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(JSON.readTree(answer.out()).get("token_ids")).isNotEmpty();
    Files.writeString(
        folder.resolve("ids.jsonl"), "{\"id\":1,\"prompt_ids\":[65],\"completion_ids\":[66]}\n");
    Ended score = sightmill(withSpark(), with(model, "score", "--input", "ids.jsonl"));
    assertThat(score.code()).as(score.err()).isZero();
    assertThat(JSON.readTree(score.out()).get("logprobs")).hasSize(1);
    assertThat(score.err()).contains("1 lines: scored 1").doesNotContain("\tat ");
  }

  private static String[] with(String[] last, String... first) {
    return Stream.of(first, last).flatMap(Stream::of).toArray(String[]::new);
  }

  private static List<JsonNode> reports(Path run) throws IOException {
    List<JsonNode> reports = new ArrayList<>();
    try (Stream<Path> steps = Files.list(run)) {
      for (Path step : steps.sorted().toList()) {
        Path report = step.resolve("_report.json");
        if (Files.exists(report)) {
          reports.add(JSON.readTree(report.toFile()));
        }
      }
    }
    return reports;
  }

  private static String withSpark() {
    return withJars("");
  }

  /** The application jar before what Spark brings; nothing else of this project. */
  private static String withJars(String... prefixes) {
    String others =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .filter(entry -> isWanted(Path.of(entry).getFileName().toString(), prefixes))
            .collect(Collectors.joining(File.pathSeparator));
    return JAR + File.pathSeparator + others;
  }

  private static boolean isWanted(String jar, String... prefixes) {
    return !jar.startsWith("sightmill") && Stream.of(prefixes).anyMatch(jar::startsWith);
  }

  private static Ended sightmill(String classPath, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + JAR.resolveSibling("launcher/jvm.options"));
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dlog4j2.configurationFile=classpath:sightmill/conf/spark/log4j2.properties");
    command.addAll(List.of("-cp", classPath, "org.sightmill.jobs.cli.Sightmill"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "said", ".out");
    Path err = Files.createTempFile(folder, "said", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
