package org.sightmill.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.prompt.PolicyPrompt;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepInputException;

final class ExportIT {
  @TempDir static Path root;
  private static RunStore curated;
  @TempDir Path scratch;
  private final SparkSession spark = TestSpark.session();
  private RunStore store = curated;

  @BeforeAll
  static void commit() throws IOException {
    curated = CuratedRun.commit(TestSpark.session(), root);
  }

  @ParameterizedTest
  @EnumSource
  void everyFormatWritesItsSubsetsAndACard(ExportFormat format) throws IOException {
    ExportReport report = export(format, ExportConfig.Existing.KEEP);

    for (Subset subset : format.subsets()) {
      long expected = subset == Subset.SFT ? 2 : subset == Subset.RL ? 1 : 0;
      assertThat(report.rows()).containsEntry(subset.label(), expected);
    }
    report.files().forEach(file -> assertThat(output().resolve(file)).isRegularFile());
    assertThat(Files.readString(output().resolve("README.md"))).contains(format.label());
  }

  @Test
  void nonCommercialRowsAreWithheldAndNamed() throws IOException {
    ExportReport report = export(ExportFormat.TRL, ExportConfig.Existing.KEEP);
    assertThat(report.withheld()).isEqualTo(Map.of("CC BY-NC 4.0", 1L));
    assertThat(Files.readString(output().resolve("README.md")))
        .contains("1 rows under 'CC BY-NC 4.0'");
  }

  @Test
  void allLicencesGoOutWhenAllowed() {
    ExportConfig config =
        new ExportConfig(
            ExportFormat.TRL,
            output().toString(),
            List.of(Subset.SFT),
            ExportConfig.Licenses.ALL,
            ExportConfig.Existing.KEEP,
            ExportConfig.DEFAULT_SHARD_BYTES);
    assertThat(export(config).rows()).isEqualTo(Map.of("sft", 3L));
  }

  @Test
  void trlGetsMessagesCompletionAndPicture() {
    export(ExportFormat.TRL, ExportConfig.Existing.KEEP);
    Row row = read("sft").filter("sample_id = 'c'").head();
    List<Row> prompt = row.getList(row.fieldIndex("prompt"));
    assertThat(prompt.get(0).getString(0)).isEqualTo("system");
    assertThat(prompt.get(1).getString(1))
        .isEqualTo("Question c?\nA: x\nB: y\nAnswer with the letter of the right option.");
    List<Row> completion = row.getList(row.fieldIndex("completion"));
    assertThat(completion.get(0).getString(1)).isEqualTo("<think>t</think><answer>B</answer>");
    List<Row> images = row.getList(row.fieldIndex("images"));
    assertThat(images.get(0).<byte[]>getAs("bytes")).isEqualTo(CuratedRun.PICTURE);
  }

  @Test
  void aRowWithoutAPictureHasAnEmptyListAndNoPlaceForOne() {
    export(ExportFormat.EASYR1, ExportConfig.Existing.KEEP);
    Row row = read("rl").head();
    assertThat(row.getList(row.fieldIndex("images"))).isEmpty();
    assertThat(row.<String>getAs("problem")).startsWith("Question b?\nAnswer with the box");
  }

  @Test
  void verlNamesTheRewardModelAndTheSource() {
    export(ExportFormat.VERL, ExportConfig.Existing.KEEP);
    Row row = read("rl").head();
    assertThat(row.<String>getAs("data_source")).isEqualTo("vg");
    assertThat(row.<Row>getAs("reward_model").getString(1)).isEqualTo("[0, 0, 1, 1]");
    Row message = read("sft").filter("sample_id = 'd'").head().<Row>getList(0).get(1);
    assertThat(message.getString(1)).startsWith("<image>Question d?");
  }

  @ParameterizedTest
  @EnumSource(names = "VLAA", mode = EnumSource.Mode.EXCLUDE)
  void noColumnOfAnyDepthIsRequired(ExportFormat format) throws IOException {
    export(format, ExportConfig.Existing.KEEP);
    Path file = output().resolve(format.subsets().get(0).label() + "/train-00000-of-00001.parquet");
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      requireOptional(reader.getFooter().getFileMetaData().getSchema());
    }
  }

  @ParameterizedTest
  @EnumSource(names = "VLAA", mode = EnumSource.Mode.EXCLUDE)
  void everyFileTellsItsFeaturesInTheFooter(ExportFormat format) throws IOException {
    export(format, ExportConfig.Existing.KEEP);
    Path file = output().resolve(format.subsets().get(0).label() + "/train-00000-of-00001.parquet");
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      Map<String, String> metadata = reader.getFooter().getFileMetaData().getKeyValueMetaData();
      JsonNode features =
          JsonMapper.builder().build().readTree(metadata.get("huggingface")).at("/info/features");
      JsonNode picture =
          format == ExportFormat.HUGGINGFACE
              ? features.get("image")
              : features.at("/images/feature");
      assertThat(picture.get("_type").asText()).isEqualTo("Image");
      assertThat(metadata).containsKey("org.apache.spark.sql.parquet.row.metadata");
    }
  }

  @Test
  void theCardTellsTheFunnel() throws IOException {
    export(ExportFormat.TRL, ExportConfig.Existing.KEEP);
    assertThat(Files.readString(output().resolve("README.md")))
        .contains("| curate | 4 | 4 |  |", "inspect --run-id run --sample ID");
  }

  private static void requireOptional(GroupType group) {
    for (Type field : group.getFields()) {
      assertThat(field.getRepetition()).as(field.toString()).isNotEqualTo(Type.Repetition.REQUIRED);
      if (!field.isPrimitive()) {
        requireOptional(field.asGroupType());
      }
    }
  }

  @Test
  void vlaaIsAnArrayWithIntegerGoldsAndThePicturesBeside() throws IOException {
    export(ExportFormat.VLAA, ExportConfig.Existing.KEEP);
    JsonNode rows = JsonMapper.builder().build().readTree(output().resolve("sft.json").toFile());
    JsonNode digit = rows.get(0).get("id").asText().equals("d") ? rows.get(0) : rows.get(1);
    assertThat(digit.get("gt").isInt()).isTrue();
    assertThat(digit.get("image").asText()).isEqualTo("aa/aa.png");
    assertThat(digit.at("/meta/n").asInt()).isEqualTo(1);
    assertThat(digit.at("/meta/source").asText()).isEqualTo("clevr");
    assertThat(output().resolve("images/aa/aa.png")).hasBinaryContent(CuratedRun.PICTURE);
    assertThat(output().resolve("aha.json")).hasContent("[]");
  }

  @Test
  void aFolderWithSomethingInItIsKeptUnlessReplaced() throws IOException {
    Files.createDirectories(output());
    Files.writeString(output().resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> export(ExportFormat.TRL, ExportConfig.Existing.KEEP))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("is not empty, name another folder or replace it");
    export(ExportFormat.TRL, ExportConfig.Existing.REPLACE);
    assertThat(output().resolve("mine.txt")).doesNotExist();
  }

  @Test
  void aSubsetThatTheFormatHasNoFormForIsRefused() {
    assertThatThrownBy(
            () ->
                new ExportConfig(
                    ExportFormat.EASYR1,
                    "out",
                    List.of(Subset.SFT),
                    ExportConfig.Licenses.ALL,
                    ExportConfig.Existing.KEEP,
                    1))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("subset: easyr1 has no form for sft, it takes rl");
  }

  @Test
  void aRunWithoutCurateIsNamed() {
    store =
        new RunStore(
            new RunLayout(root.toString(), "other"), spark.sparkContext().hadoopConfiguration());
    assertThatThrownBy(() -> export(ExportFormat.TRL, ExportConfig.Existing.KEEP))
        .isInstanceOf(StepInputException.class)
        .hasMessageContaining("export needs the output of curate");
  }

  private Path output() {
    return scratch.resolve("out");
  }

  private org.apache.spark.sql.Dataset<Row> read(String subset) {
    return spark.read().parquet(output().resolve(subset).toString());
  }

  private ExportReport export(ExportFormat format, ExportConfig.Existing existing) {
    return export(
        new ExportConfig(
            format,
            output().toString(),
            List.of(),
            ExportConfig.Licenses.COMMERCIAL,
            existing,
            ExportConfig.DEFAULT_SHARD_BYTES));
  }

  private ExportReport export(ExportConfig config) {
    return new Export(spark, store, config, PolicyPrompt.packaged()).run();
  }
}
