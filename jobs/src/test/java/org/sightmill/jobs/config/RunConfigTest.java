package org.sightmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;

class RunConfigTest {
  private static final Path TEMPLATE = Path.of("../conf/pipeline/template.yaml");

  @TempDir private Path folder;

  private static RunConfig bind(String yaml) {
    Problems problems = new Problems();
    RunConfig config =
        new RecordBinder(problems)
            .bind(RunConfig.class, YamlReader.readFile(yaml, "f.yaml", problems), "");
    assertThat(problems.found()).isEmpty();
    return config;
  }

  private static String everyKey() throws IOException {
    try (InputStream in = RunConfigTest.class.getResourceAsStream("/every-key.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void fixesEveryDefault() {
    assertThat(ConfigWriter.toYaml(RunConfig.defaults()))
        .isEqualTo(
            """
            root: ./sightmill-out
            run_id: run
            sources: []
            teachers:
              captioner:
                provider: builtin
                options: {}
                prices:
                  input_usd_per_million: 0.0
                  output_usd_per_million: 0.0
                  usd_per_request: 0.0
                rates:
                  requests_per_second: 0.0
                  tokens_per_second: 0.0
                endpoints: []
              repairer:
                provider: builtin
                options: {}
                prices:
                  input_usd_per_million: 0.0
                  output_usd_per_million: 0.0
                  usd_per_request: 0.0
                rates:
                  requests_per_second: 0.0
                  tokens_per_second: 0.0
                endpoints: []
              reasoner:
                provider: builtin
                options: {}
                prices:
                  input_usd_per_million: 0.0
                  output_usd_per_million: 0.0
                  usd_per_request: 0.0
                rates:
                  requests_per_second: 0.0
                  tokens_per_second: 0.0
                endpoints: []
              rewriter:
                provider: builtin
                options: {}
                prices:
                  input_usd_per_million: 0.0
                  output_usd_per_million: 0.0
                  usd_per_request: 0.0
                rates:
                  requests_per_second: 0.0
                  tokens_per_second: 0.0
                endpoints: []
              judge:
                provider: builtin
                options: {}
                prices:
                  input_usd_per_million: 0.0
                  output_usd_per_million: 0.0
                  usd_per_request: 0.0
                rates:
                  requests_per_second: 0.0
                  tokens_per_second: 0.0
                endpoints: []
              scorer:
                provider: builtin
                options: {}
                prices:
                  input_usd_per_million: 0.0
                  output_usd_per_million: 0.0
                  usd_per_request: 0.0
                rates:
                  requests_per_second: 0.0
                  tokens_per_second: 0.0
                endpoints: []
            calls:
              calls_in_flight: 32
              rows_buffered: 512
              mode: online
              sample_rows: 50
            collect:
              max_field_chars: 1048576
              max_image_bytes: 67108864
              max_image_pixels: 67108864
              decode: header
            caption:
              context_use: instead
            distill:
              max_reply_chars: 200000
            rewrite:
              max_word_delta: 15
            verify:
              box_iou: 0.5
              second_opinion: none
            curate:
              cues:
                - wait
                - again
                - double-check
                - hmm
                - mistake
                - alternatively
                - check
                - i should confirm
              sft_caps: {}
              rl_caps: {}
              rl_only: []
              seed: 20250414
              choose: hash
              quality: {}
            max_reject_fraction: 0.2
            spark: {}
            """);
  }

  @Test
  void theTemplateHoldsTheDefaults() throws IOException {
    RunConfig template = bind(Files.readString(TEMPLATE));
    RunConfig defaults = RunConfig.defaults();
    assertThat(template)
        .isEqualTo(
            new RunConfig(
                defaults.root(),
                defaults.runId(),
                template.sources(),
                defaults.teachers(),
                defaults.calls(),
                defaults.collect(),
                defaults.caption(),
                defaults.distill(),
                defaults.rewrite(),
                defaults.verify(),
                defaults.curate(),
                defaults.maxRejectFraction(),
                defaults.spark()));
    assertThat(template.sources()).hasSize(1);
  }

  @Test
  void mapsEveryKeyToAValueOfItsOwn() throws IOException {
    List<String> same = new ArrayList<>();
    compare("", bind(everyKey()), bind("sources: [{name: x}]"), same);
    assertThat(same).as("keys that every-key.yaml does not set to another value").isEmpty();
  }

  /** Collects the leaves that are equal in both, or null in the first. */
  private static void compare(String path, Object set, Object byDefault, List<String> same) {
    if (set instanceof Record record && byDefault != null) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        compare(
            Names.below(path, Names.snake(component.getName())),
            RecordValues.get(component, record),
            RecordValues.get(component, (Record) byDefault),
            same);
      }
    } else if (set instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        Object value = RecordValues.get(component, record);
        compare(Names.below(path, Names.snake(component.getName())), value, null, same);
      }
    } else if (isListOfRecords(set)) {
      compare(path + "[0]", ((List<?>) set).get(0), ((Collection<?>) byDefault).toArray()[0], same);
    } else if (Objects.equals(set, byDefault)) {
      same.add(path);
    }
  }

  @Test
  void aBenchmarkThatIsNotThereIsToldAtTheStart() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("b.yaml"),
            "curate: {quality: {languages: {allowed: [xx]}, benchmarks: {files: {A: a.tsv}}}}\n");
    PathProbe probe =
        new PathProbe() {
          @Override
          public Optional<String> unreadable(String path) {
            return Optional.of("does not exist: " + path);
          }

          @Override
          public Optional<String> unwritable(String path) {
            return Optional.empty();
          }
        };
    LoadedConfig loaded =
        new ConfigLoader(probe)
            .load(new ConfigRequest(file.toString(), List.of(), new TreeMap<>()));
    assertThat(String.join("\n", loaded.problems()))
        .contains("curate.quality.benchmarks.files.A does not exist: a.tsv")
        .contains("curate.quality.languages.allowed must be of", "but one was 'xx'");
  }

  private static boolean isListOfRecords(Object value) {
    return value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record;
  }

  @Test
  void writesWhatItReads() throws IOException {
    RunConfig config = bind(everyKey());
    assertThat(bind(ConfigWriter.toYaml(config))).isEqualTo(config);
  }

  @Test
  void masksSecretsWhereverTheyStand() {
    TeacherConfig teacher =
        new TeacherConfig(
            "p",
            "m",
            new TreeMap<>(
                Map.of(
                    "api_key", "sk-1", "url", "http://u:pw@h:8000/v1", "api_key_env", "MY_KEY")));
    RunConfig defaults = RunConfig.defaults();
    RunConfig config =
        new RunConfig(
            "s3a://key:secret@bucket/x",
            "r",
            List.of(),
            new TreeMap<>(Map.of(Role.JUDGE, teacher)),
            defaults.calls(),
            defaults.collect(),
            defaults.caption(),
            defaults.distill(),
            defaults.rewrite(),
            defaults.verify(),
            defaults.curate(),
            0.2,
            new TreeMap<>(Map.of("spark.hadoop.fs.s3a.access.key", "AKIA")));
    assertThat(ConfigWriter.toYaml(config))
        .doesNotContain("sk-1", ":pw@", "secret@", "AKIA")
        .contains("api_key_env: MY_KEY", "s3a://********@bucket/x", "http://********@h:8000/v1");
  }

  @Test
  void argumentsWinOverSetsAndSetsOverTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "root: a\nrun_id: b\n");
    LoadedConfig loaded =
        new ConfigLoader(PathProbe.NONE)
            .load(
                new ConfigRequest(
                    file.toString(),
                    List.of("root=c", "run_id=d", "rewrite.max_word_delta=3"),
                    new TreeMap<>(Map.of("run_id", "e"))));
    RunConfig config = loaded.orThrow();
    assertThat(config.root()).isEqualTo("c");
    assertThat(config.runId()).isEqualTo("e");
    assertThat(config.rewrite().maxWordDelta()).isEqualTo(3);
  }

  @Test
  void makesRunIdsSafe() {
    assertThat(bind("run_id: manual__2026-11-22T10:00:00+00:00").runId())
        .isEqualTo("manual__2026-11-22T10-00-00-00-00");
  }

  @Test
  void knowsWhereARunLiesThoughItsConfigurationIsWrong() {
    LoadedConfig loaded =
        new ConfigLoader(PathProbe.NONE)
            .load(new ConfigRequest(null, List.of("root=here", "colour=red"), new TreeMap<>()));
    assertThat(loaded.place().orElseThrow().root()).isEqualTo("here");
    assertThatThrownBy(loaded::orThrow)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("--set colour: colour is not a key here; known are root, run_id");
  }

  @Test
  void namesAFileThatIsNotThere() {
    LoadedConfig loaded =
        new ConfigLoader(PathProbe.NONE)
            .load(new ConfigRequest("no.yaml", List.of(), new TreeMap<>()));
    assertThat(loaded.problems()).containsExactly("--config no.yaml: no such file");
  }

  @Test
  void reportsReadersAndNamesTogetherWithWhatCannotBeBound() throws IOException {
    Path file = folder.resolve("mill.yaml");
    Files.writeString(
        file,
        """
        sources:
          - {name: a, reader: puzlevqa}
          - {name: a, limit: many}
        caption: {context_use: never}
        """);
    PathProbe probe =
        new PathProbe() {
          @Override
          public Optional<String> unreadable(String path) {
            return Optional.empty();
          }

          @Override
          public Optional<String> unwritable(String path) {
            return Optional.empty();
          }

          @Override
          public Optional<String> unknownReader(String name) {
            return Optional.of("reader '" + name + "' is unknown");
          }
        };
    LoadedConfig loaded =
        new ConfigLoader(probe)
            .load(new ConfigRequest(file.toString(), List.of(), new TreeMap<>()));
    assertThat(loaded.config()).isNull();
    assertThat(loaded.problems())
        .anyMatch(
            problem -> problem.endsWith(":2: sources[0].reader: reader 'puzlevqa' is unknown"))
        .anyMatch(problem -> problem.endsWith(":3: sources: the name 'a' is given twice"))
        .anyMatch(problem -> problem.contains(":3: sources[1].limit "))
        .anyMatch(problem -> problem.contains(":4: caption.context_use "))
        .hasSize(4);
  }

  @Test
  void reportsSourcesWithOneName() {
    Problems problems = new Problems();
    new RecordBinder(problems)
        .bind(
            RunConfig.class,
            YamlReader.readFile("sources: [{name: a}, {name: a}]\n", "f.yaml", problems),
            "");
    assertThat(problems.found()).containsExactly("f.yaml:1: sources: the name 'a' is given twice");
  }
}
