package org.sightmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightmill.pipeline.collect.source.procedural.ProceduralLabel;
import org.sightmill.pipeline.collect.source.procedural.ProceduralSource;
import org.sightmill.pipeline.teacher.ScorerForm;
import org.sightmill.trainer.grpo.GuardedRewarder;
import org.sightmill.trainer.loss.LossType;
import org.sightmill.trainer.model.ModelPart;
import org.sightmill.trainer.optim.LearningRate;
import org.sightmill.trainer.update.ModelSettings;

class TrainingConfigTest {
  private static final Path FOLDER = Path.of("../conf/trainer");

  private final Problems problems = new Problems();

  private <T extends Record> T bind(Class<T> type, String yaml) {
    return new RecordBinder(problems).bind(type, YamlReader.readFile(yaml, "f.yaml", problems), "");
  }

  static Stream<Path> files() throws IOException {
    return Files.list(FOLDER).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyShippedFileBindsAndBindsAgainAsWritten(Path file) throws IOException {
    boolean grpo = file.getFileName().toString().startsWith("grpo");
    Class<? extends Record> type = grpo ? GrpoConfig.class : SftConfig.class;
    Record config = bind(type, Files.readString(file));
    assertThat(problems.found()).isEmpty();
    assertThat(bind(type, ConfigWriter.toYaml(config))).isEqualTo(config);
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void theFileOfThePaperHoldsWhatThePaperPrints() throws IOException {
    GrpoConfig config = bind(GrpoConfig.class, Files.readString(FOLDER.resolve("grpo-3b.yaml")));
    assertThat(config.rollout().numGenerations()).isEqualTo(4);
    assertThat(config.rollout().temperature()).isEqualTo(0.8);
    assertThat(config.setup().groupsPerStep()).isEqualTo(512);
    assertThat(config.batch().generationBatchSize() / config.batch().stepsPerGeneration())
        .isEqualTo(256);
    assertThat(config.kl().beta()).isEqualTo(1e-3);
    assertThat(config.kl().klTarget()).isEqualTo(5e-4);
    assertThat(config.optimizer().lrSchedulerType()).isEqualTo(LearningRate.Schedule.COSINE);
    assertThat(config.optimizer().minLearningRate()).isEqualTo(5e-7);
    assertThat(config.run().maxSteps()).isEqualTo(49);
  }

  @Test
  void defaultsAreThoseOfTrlAndTheVisionTowerIsFrozen() {
    GrpoConfig grpo = bind(GrpoConfig.class, "model: {path: m}");
    assertThat(grpo.loss().lossType()).isEqualTo(LossType.DAPO);
    assertThat(grpo.kl().beta()).isZero();
    assertThat(grpo.optimizer().learningRate()).isEqualTo(1e-6);
    SftConfig sft = bind(SftConfig.class, "model: {path: m}");
    assertThat(sft.model().train())
        .isEqualTo(ModelSettings.DEFAULT_TRAIN)
        .doesNotContain(ModelPart.VISION_TOWER);
    assertThat(sft.sft().batchSize()).isEqualTo(128);
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void reportsEveryProblemAtOnce() {
    bind(
        GrpoConfig.class,
        """
        model: {path: m, lora: {rank: 0, alpha: 4}}
        rollout: {num_generations: 1}
        kl: {beta: 0.1, kl_estimator: k1}
        batch: {generation_batchsize: 8}
        loss: {loss_type: dappo}
        """);
    assertThat(problems.found())
        .hasSize(5)
        .anyMatch(problem -> problem.contains("num_generations must be at least 2"))
        .anyMatch(problem -> problem.contains("LoRA needs a rank of at least 1"))
        .anyMatch(problem -> problem.contains("kl_estimator k1 has no useful gradient"))
        .anyMatch(problem -> problem.contains("did you mean 'generation_batch_size'?"))
        .anyMatch(problem -> problem.contains("did you mean 'dapo'?"));
  }

  @Test
  void aScorerIsNamedAsATeacherIs() {
    GrpoConfig config =
        bind(
            GrpoConfig.class,
            """
            model: {path: m}
            reward:
              mix: {beta: 2.0}
              scorer: {provider: openai, model: rm, form: pooling, endpoints: [{url: "http://h:1/v1"}]}
            """);
    assertThat(problems.found()).isEmpty();
    assertThat(config.reward().scorer().form()).isEqualTo(ScorerForm.POOLING);
    assertThat(config.reward().mix().beta()).isEqualTo(2.0);
    assertThat(config.reward().scorerFailure()).isEqualTo(GuardedRewarder.ScorerFailure.FAIL);
    assertThat(bind(GrpoConfig.class, "model: {path: m}").reward().scorer()).isNull();
  }

  @Test
  void batchesThatDoNotDivideAreNamed() {
    bind(
        GrpoConfig.class,
        "{model: {path: m}, rollout: {num_generations: 6}, batch: {generation_batch_size: 64}}");
    assertThat(problems.found())
        .isEqualTo(
            List.of(
                "f.yaml:1: generation_batch_size must be a multiple of num_generations 6 but was 64"));
  }

  @Test
  void generatedRepliesThinkAsConfigured() {
    DataSection data =
        bind(
            DataSection.class,
            """
            procedural: {rows: 3, families: [counting], thinking: {counting: "I see {{context}}"}}
            """);
    ProceduralLabel label = new ProceduralSource(data.procedural().generator()).label(0);
    assertThat(data.procedural().thinking(label)).isEqualTo("I see " + label.context());
    assertThat(ProceduralSection.DEFAULT.thinking(label)).isEqualTo("I look at the picture.");
  }

  @Test
  void aShareOfGeneratedRepliesIsHasty() {
    ProceduralSection section =
        bind(DataSection.class, "procedural: {rows: 4000, families: [tally], glance_share: 0.3}")
            .procedural();
    long hasty = LongStream.range(0, section.rows()).filter(section::isGlance).count();
    assertThat(hasty).isBetween(1_100L, 1_300L);
    assertThat(ProceduralSection.DEFAULT.isGlance(0)).isFalse();
    bind(DataSection.class, "procedural: {glance_share: 1.5}");
    assertThat(problems.found())
        .anyMatch(p -> p.contains("glance_share must be from 0 to 1 but was 1.5"));
  }

  @Test
  void aModelIsRequired() {
    bind(SftConfig.class, "run_id: x");
    assertThat(problems.found()).anyMatch(p -> p.contains("model is required"));
  }
}
