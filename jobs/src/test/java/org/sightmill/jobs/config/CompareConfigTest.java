package org.sightmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightmill.trainer.eval.Preset;

class CompareConfigTest {
  private static final Path FOLDER = Path.of("../conf/eval");

  private final Problems problems = new Problems();

  private CompareConfig bind(String yaml) {
    return new RecordBinder(problems)
        .bind(CompareConfig.class, YamlReader.readFile(yaml, "f.yaml", problems), "");
  }

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER)
        .filter(file -> file.getFileName().toString().startsWith("compare"))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyShippedFileBindsAndBindsAgainAsWritten(Path file) throws IOException {
    CompareConfig config = bind(Files.readString(file));
    assertThat(problems.found()).isEmpty();
    assertThat(bind(ConfigWriter.toYaml(config))).isEqualTo(config);
    assertThat(config.arms().get(0).name()).isEqualTo("base");
    config.arms().stream()
        .filter(ArmSection::trained)
        .forEach(arm -> assertThat(Path.of("..").resolve(arm.file())).exists());
  }

  @Test
  void theFileOfThePaperHasItsArmsThreeSeedsAndAllSixBenchmarks() throws IOException {
    CompareConfig config = bind(Files.readString(FOLDER.resolve("compare.yaml")));
    assertThat(config.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(config.benchmarks()).hasSize(6);
    assertThat(config.checkpoint()).isEqualTo(CompareConfig.Choice.BEST);
    assertThat(config.decoding().preset()).isEqualTo(Preset.PAPER);
    assertThat(config.arms())
        .extracting(ArmSection::name)
        .contains("base", "base@native", "sft", "sft-25k", "sft-10k", "sft-5k", "aha", "grpo")
        .contains(
            "sft-5k-grpo", "aha-grpo", "no-digit", "no-choice", "no-math", "no-box", "no-open");
  }

  @Test
  void saysEverythingThatIsWrongWithTheArms() {
    bind(
        """
        benchmarks: [generic=x.tsv]
        arms:
          - {name: base, take: a}
          - {name: BASE, take: b}
          - {name: c, grpo: g.yaml, from: nobody}
        """);
    bind("arms: [{name: both, take: a, sft: b}]");
    assertThat(problems.found())
        .containsExactly(
            "f.yaml:3: arms: the name 'BASE' is given twice",
            "f.yaml:3: arms: c starts from 'nobody', which is no arm that is trained before it",
            "f.yaml:1: arms[0].name both needs one of take, sft and grpo",
            "f.yaml:1: benchmarks must name at least one, NAME=FILE, or generated must be given");
  }
}
