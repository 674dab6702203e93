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
import java.util.TreeMap;
import java.util.stream.Stream;
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
import org.sightmill.pipeline.collect.CollectConfig;
import org.sightmill.pipeline.collect.CollectStep;
import org.sightmill.pipeline.collect.SourceReaders;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.prompt.PolicyPrompt;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepInputException;
import org.sightmill.pipeline.step.StepName;

final class ExportIT {
  private static final List<String> SAME =
      List.of("question", "choices", "answer", "answer_type", "license");
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
    try (Stream<Path> files = Files.walk(output())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("what a loader that takes every file would take too")
          .noneMatch(name -> name.startsWith(".") || name.startsWith("_"));
    }
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
  void whatVlaaWritesItsReaderReadsBack() throws IOException {
    export(ExportFormat.VLAA, ExportConfig.Existing.KEEP);
    Map<String, Row> rows = readBack("sft");

    assertThat(rows).containsOnlyKeys("again-d", "again-c");
    for (String id : List.of("d", "c")) {
      Row given = curated(id);
      Row back = rows.get("again-" + id);
      for (String column : SAME) {
        assertThat(back.<Object>getAs(column)).as(id + " " + column).isEqualTo(given.getAs(column));
      }
      // A completion is read as a teacher's: its parts stay, its tags go, and rewrite sets them
      // anew.
      assertThat(back.<String>getAs("reasoning_raw")).isEqualTo("t");
      assertThat(back.<String>getAs("answer_raw")).isEqualTo(given.getAs("answer"));
    }
  }

  @Test
  void aBoxThatVlaaWritesStaysFractions() throws IOException {
    export(ExportFormat.VLAA, ExportConfig.Existing.KEEP);
    // The row has no picture, and collect wants one.
    Path file = output().resolve("rl.json");
    Files.deleteIfExists(file.resolveSibling(".rl.json.crc"));
    Files.writeString(
        file,
        Files.readString(file)
            .replace("\"image\":null", "\"image\":\"aa/aa.png\"")
            .replace("[0, 0, 1, 1]</answer>", "[0, 0, 0.5, 1]</answer>")
            .replace("\"gt\":\"[0, 0, 1, 1]\"", "\"gt\":\"[0, 0, 0.5, 1]\""));
    Row box = readBack("rl").get("again-b");
    assertThat(box.<String>getAs("answer_type")).isEqualTo("box");
    assertThat(box.<String>getAs("answer")).isEqualTo("[0.0, 0.0, 0.5, 1.0]");
  }

  /** The rows that collect makes of the exported folder, by id. */
  private Map<String, Row> readBack(String split) {
    RunStore again =
        new RunStore(
            new RunLayout(scratch.resolve("again").toString(), "run"),
            spark.sparkContext().hadoopConfiguration());
    SourceConfig source =
        new SourceConfig(
            "again",
            "vlaa",
            output().toString(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new TreeMap<>(Map.of("split", split)));
    CollectStep step =
        new CollectStep(spark, again, CollectConfig.of(List.of(source)), SourceReaders.load());
    Map<String, Row> rows = new TreeMap<>();
    step.run();
    again
        .rows(spark, again.report(StepName.COLLECT).orElseThrow())
        .collectAsList()
        .forEach(row -> rows.put(row.getAs("sample_id"), row));
    return rows;
  }

  private Row curated(String id) {
    return store
        .rows(spark, store.report(StepName.CURATE).orElseThrow())
        .filter("sample_id = '" + id + "'")
        .head();
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
