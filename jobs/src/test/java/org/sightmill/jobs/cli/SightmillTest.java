package org.sightmill.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SightmillTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Sightmill.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private String config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), yaml).toString();
  }

  private Path root() {
    return folder.resolve("out");
  }

  @Test
  void helpListsEveryCommand() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "quickstart",
            "setup",
            "collect",
            "caption",
            "distill",
            "rewrite",
            "verify",
            "curate",
            "build",
            "inspect",
            "score",
            "generate",
            "sft",
            "grpo",
            "grade",
            "bench",
            "doctor",
            "Exit codes");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command :
        new String[] {
          "quickstart",
          "setup",
          "collect",
          "caption",
          "distill",
          "rewrite",
          "verify",
          "curate",
          "build",
          "inspect",
          "score",
          "generate",
          "sft",
          "grpo",
          "grade",
          "bench",
          "doctor"
        }) {
      out.getBuffer().setLength(0);
      assertThat(run(command, "--help")).as(command).isZero();
      assertThat(out.toString()).as(command).startsWith("Usage: sightmill " + command);
    }
  }

  @Test
  void anUnknownCommandIsAUsageError() {
    assertThat(run("biuld")).isEqualTo(2);
    assertThat(err.toString()).contains("biuld").contains("build");
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    assertThat(run("build", "--untill", "caption")).isEqualTo(2);
    assertThat(err.toString()).contains("--untill").contains("--until");
  }

  @Test
  void stepsInTheWrongOrderAreAUsageError() {
    assertThat(run("build", "--from", "verify", "--until", "caption")).isEqualTo(2);
    assertThat(err.toString()).contains("--from verify comes after --until caption");
  }

  @Test
  void reportsEveryProblemWithTheConfigurationAtOnce() throws IOException {
    String file =
        config(
            """
            root: %s
            sources:
              - {name: a, path: /no/where.jsonl}
              - {name: b, path: c.yaml, limit: few}
            rewrite: {max_word_dleta: 3}
            """
                .formatted(root()));
    assertThat(run("build", "--config", file)).isEqualTo(2);
    assertThat(err.toString().lines().toList())
        .hasSize(5)
        .anyMatch(
            line -> line.endsWith(":3: sources[0].path names no file or folder: /no/where.jsonl"))
        .anyMatch(
            line -> line.endsWith(":4: sources[1].limit must be a whole number but was 'few'"))
        .anyMatch(line -> line.contains("sources[1].path names no file or folder"))
        .anyMatch(line -> line.endsWith("did you mean 'max_word_delta'?"));
  }

  @Test
  void everythingWrongWithEndpointAndJudgeIsToldAtOnce() throws IOException {
    Path items = folder.resolve("items.tsv");
    Files.writeString(items, "index\timage\tquestion\tanswer\n0\tQUJD\tq\t1\n");
    String benchmark = "mine:generic=" + items;
    assertThat(
            run(
                "evaluate",
                "--benchmark",
                benchmark,
                "--endpoint",
                "host:8000",
                "--model",
                "m",
                "--judge",
                "openai"))
        .isEqualTo(2);
    assertThat(err.toString().lines().toList())
        .anyMatch(
            line ->
                line.endsWith("endpoint url must be like http://host:8000/v1 but was 'host:8000'"))
        .anyMatch(line -> line.contains("--judge: endpoints must name at least one"))
        .anyMatch(line -> line.contains("--judge: model is required"));
  }

  @Test
  void anEndpointNeedsTheNameOfItsModel() throws IOException {
    Path items = folder.resolve("items.tsv");
    Files.writeString(items, "index\timage\tquestion\tanswer\n0\tQUJD\tq\t1\n");
    String benchmark = "mine:generic=" + items;
    assertThat(run("evaluate", "--benchmark", benchmark, "--endpoint", "http://h/v1")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--endpoint needs --model: the name that the server knows it by")
        .doesNotContain("one of --model DIR and --predictions FILE is required");
  }

  @Test
  void theStatusNamesTheProblemsToo() throws IOException {
    String file = config("root: %s\nrun_id: r\ncolour: red\n".formatted(root()));
    assertThat(run("build", "--config", file)).isEqualTo(2);
    assertThat(Files.readString(root().resolve("r/_run/status.json")))
        .contains("\"exit_code\" : 2", "\"state\" : \"invalid\"", "colour is not a key here");
  }

  @Test
  void aRootThatIsAFileIsAConfigurationError() throws IOException {
    String file = config("x: 1");
    assertThat(run("build", "--root", file)).isEqualTo(2);
    assertThat(err.toString()).contains("--root: root must be a folder but", "c.yaml is a file");
  }

  @Test
  void anUnreachableFileSystemIsAConfigurationError() {
    assertThat(run("build", "--root", "nosuchfs://host/x")).isEqualTo(2);
    assertThat(err.toString()).contains("root can't be reached: nosuchfs://host/x");
  }

  @Test
  void buildingWithoutSourcesIsAConfigurationError() {
    assertThat(run("build", "--root", root().toString())).isEqualTo(2);
    assertThat(err.toString()).contains("sources must name at least one source");
  }

  @Test
  void aReaderThatThereIsNotIsAConfigurationError() throws IOException {
    String file = config("sources: [{name: a, reader: puzlevqa, path: /}]");
    assertThat(run("build", "--config", file, "--root", root().toString())).isEqualTo(2);
    assertThat(err.toString()).contains("source 'a': reader 'puzlevqa' is unknown");
  }

  @Test
  void aDryRunPrintsAConfigurationThatCanBeUsedAndWritesNothing() throws IOException {
    assertThat(run("caption", "--dry-run", "--root", root().toString(), "--run-id", "a:b"))
        .isZero();
    assertThat(out.toString()).contains("2-caption  not done yet").contains("run_id: a-b");
    assertThat(root()).doesNotExist();
    String printed = out.toString();
    out.getBuffer().setLength(0);
    assertThat(run("caption", "--dry-run", "--config", config(printed))).isZero();
    assertThat(out.toString()).isEqualTo(printed);
  }

  @Test
  void trainingWithoutAModelIsAConfigurationError() {
    assertThat(run("sft", "--dry-run")).isEqualTo(2);
    assertThat(err.toString()).contains("model is required: model.path names its folder");
  }

  @Test
  void aGroupOfOneIsAConfigurationError() {
    assertThat(run("grpo", "--set", "model.path=m", "--set", "rollout.num_generations=1"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("num_generations must be at least 2");
  }

  @Test
  void inspectingARunThatIsNotThereSaysWhatToDo() {
    assertThat(run("inspect", "--root", root().toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no step has committed in", "run 'sightmill build' first");
  }

  @Test
  void gradesLineByLine() throws IOException {
    Path input =
        Files.writeString(
            folder.resolve("in.jsonl"),
            "{\"id\":1,\"gold\":\"4\",\"prediction\":\"4.0\",\"answer_type\":\"digit\"}\n"
                + "nonsense\n");
    Path output = folder.resolve("out.jsonl");
    assertThat(run("grade", "--input", input.toString(), "--output", output.toString())).isZero();
    assertThat(Files.readAllLines(output))
        .hasSize(2)
        .satisfies(lines -> assertThat(lines.get(0)).contains("\"id\":1", "\"EQUAL\""))
        .satisfies(lines -> assertThat(lines.get(1)).contains("UNPARSED", "line 2: no JSON"));
    assertThat(err.toString())
        .contains("2 lines: EQUAL 1, DIFFERENT 0, UNPARSED 1, UNDEFINED 0, BUDGET 0");
  }

  @Test
  void gradesToStandardOutput() throws IOException {
    String row = "{\"id\":1,\"gold\":\"4\",\"prediction\":\"5\",\"answer_type\":\"digit\"}\n";
    Path input = Files.writeString(folder.resolve("in.jsonl"), row);
    assertThat(run("grade", "--input", input.toString(), "--output", "-")).isZero();
    assertThat(out.toString()).startsWith("{\"id\":1,\"verdict\":\"DIFFERENT\"").endsWith("}\n");
  }

  @Test
  void refusesToGradeAFileOntoItself() throws IOException {
    String file = Files.writeString(folder.resolve("in.jsonl"), "kept").toString();
    assertThat(run("grade", "--input", file, "--output", file)).isEqualTo(2);
    assertThat(err.toString()).contains("is the input: it would be lost");
    assertThat(folder.resolve("in.jsonl")).hasContent("kept");
  }

  @Test
  void refusesToGradeAFolder() {
    assertThat(run("grade", "--input", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is a folder, not a file");
  }

  @Test
  void gradingAFileThatIsNotThereIsAUsageError() {
    assertThat(run("grade", "--input", "/no/file.jsonl")).isEqualTo(2);
    assertThat(err.toString()).contains("no such file or folder: /no/file.jsonl");
  }
}
