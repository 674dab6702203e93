package org.sightmill.pipeline.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.step.Counts;

/** Every reader and format through the whole step. */
final class ReadersIT {
  private static final String RESOURCES = "src/test/resources/org/sightmill/pipeline/collect/";
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
  private static final ObjectMapper BIND =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();

  @Test
  void readsVlaaRecordsWithTracesAndChoicesInTheQuestion() throws Exception {
    Path images = Files.createDirectories(root.resolve("images"));
    for (String name :
        List.of(
            "allava_laion-100760552.jpeg",
            "arxivqa-1907.10497_1.jpg",
            "clevr_math-CLEVR_train_027977.png",
            "geoqa170k-geoqa_plus-2905.png",
            "synthesis-gen_func-func_sine_22135407_qtmb.png")) {
      Files.write(images.resolve(name), TestPictures.png(20 + name.length(), 20));
    }
    CollectRun run =
        CollectRun.of(
            root.resolve("out"),
            example("vlaa", RESOURCES + "vlaa_records.json", images.toString()));

    run.run();

    assertThat(run.reasons()).isEmpty();
    Map<String, Row> rows = run.byId();
    assertThat(answers(rows))
        .containsEntry("vlaa-clevr_math-CLEVR_train_027977.png", "digit 3")
        .containsEntry("vlaa-geoqa170k-geoqa_plus-2905-63590", "choice C")
        .containsEntry("vlaa-synthesis-2", "math y = -5 * sin(-5 * x)")
        .containsEntry("vlaa-arxivqa-cond-mat-23815", "choice B");
    Row geometry = rows.get("vlaa-geoqa170k-geoqa_plus-2905-63590");
    assertThat(geometry.<String>getAs("question")).endsWith("midpoint of the arc BC.");
    assertThat(geometry.getList(geometry.fieldIndex("choices")))
        .asList()
        .containsExactly("\\frac{1}{2}", "2", "\\frac{√{3}}{3}", "√{3}");
    for (Row row : rows.values()) {
      assertThat(row.<String>getAs("reasoning_raw")).isNotBlank().doesNotContain("think>");
      assertThat(row.<String>getAs("answer_raw")).isNotBlank().doesNotContain("think>");
    }
  }

  @Test
  void bccdTellsWhatItKnowsThroughTheTemplatesOfTheExampleConfiguration() throws Exception {
    CollectRun run = CollectRun.of(root, example("bccd", RESOURCES + "bccd/items.jsonl", null));
    run.run();
    assertThat(run.reasons()).isEmpty();
    for (Row row : run.byId().values()) {
      assertThat(row.<String>getAs("context"))
          .matches(
              "(?s)A microscope picture .* Labelled cells: (\\d+ (WBC|RBC|P"
                  + "latelets)(, )?)+\\. Their boxes .*\\d]\\.");
      assertThat(row.<String>getAs("rationale")).contains("so the answer is");
      if (row.getAs("answer_type").equals("digit")) {
        assertThat(row.<String>getAs("rationale"))
            .endsWith("so the answer is " + row.getAs("answer") + ".");
      }
    }
  }

  @Test
  void readsPuzzleVqaInItsOwnLayoutFromTheShippedSamples() {
    CollectRun run =
        CollectRun.of(
            root, SourceConfig.of("puzzlevqa", "puzzlevqa", "../conf/samples/puzzlevqa/data"));
    assertThat(run.run().counts()).isEqualTo(new Counts(65, 0, 65, 0, 0));
    Row row = run.byId().get("puzzlevqa-circle_size_number_0001");
    assertThat(row.<String>getAs("answer")).isEqualTo("A");
    assertThat(row.<String>getAs("context")).startsWith("There are 6 numbered circles");
    assertThat(row.<String>getAs("rationale")).endsWith("should be 5.");
  }

  @Test
  void generatedRowsAreTheSameInAShortAndALongRun() {
    Map<String, Row> shorter = generated("short", "12");
    Map<String, Row> longer = generated("long", "40");
    assertThat(shorter).hasSize(12);
    assertThat(longer).hasSize(40).containsAllEntriesOf(shorter);
  }

  private Map<String, Row> generated(String folder, String rows) {
    SourceConfig source =
        CollectRun.source("procedural", "procedural", null, Map.of("rows", rows, "seed", "7"));
    CollectRun run = CollectRun.of(root.resolve(folder), source);
    run.run();
    assertThat(run.reasons()).isEmpty();
    return run.byId();
  }

  @Test
  void readsParquetWithPictureStructsListsAndClassLabels() throws Exception {
    byte[] picture = TestPictures.png(30, 20);
    Path parquet = root.resolve("data.parquet");
    List<Row> rows = new java.util.ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rows.add(
          org.apache.spark.sql.RowFactory.create(
              "r" + i, org.apache.spark.sql.RowFactory.create(picture, "p.png"), "Which?", i % 2));
    }
    spark
        .createDataFrame(
            rows,
            org.apache.spark.sql.types.StructType.fromDDL(
                "id string, image struct<bytes:binary,path:string>, question string, label int"))
        .selectExpr("id", "array(image) as images", "question", "label")
        .write()
        .parquet(parquet.toString());
    SourceConfig source =
        source(
            "hub",
            parquet.toString(),
            Map.of("image", "$.images", "answer", "$.label"),
            Map.of("labels.label", "cat | dog"));
    CollectRun run = CollectRun.of(root.resolve("out"), source);
    run.run();
    assertThat(run.reasons()).isEmpty();
    assertThat(answers(run.byId()))
        .containsEntry("hub-r0", "open cat")
        .containsEntry("hub-r1", "open dog");
    assertThat(run.byId().get("hub-r0").<Integer>getAs("width")).isEqualTo(30);
  }

  @Test
  void readsTabularFilesWithQuotedLinesPicturesInBase64AndShortRows() throws Exception {
    String picture = Base64.getEncoder().encodeToString(TestPictures.png(200, 200));
    Files.writeString(
        root.resolve("items.tsv"),
        "index\timage\tquestion\tA\tB\tanswer\n"
            + "1\t"
            + picture
            + "\t\"Which\nof \"\"two\"\"?\"\tone\ttwo\tB\n"
            + "2\ttoo\tshort\n");
    SourceConfig source =
        source(
            "table",
            root.resolve("items.tsv").toString(),
            Map.of("id", "$.index", "choices", "$.A, $.B"),
            Map.of());
    CollectRun run = CollectRun.of(root.resolve("out"), source);
    run.run();
    assertThat(run.reasons().values())
        .containsExactly("RECORD_UNREADABLE: items.tsv:4: 3 fields, and the header has 6");
    Row row = run.byId().get("table-1");
    assertThat(row.<String>getAs("question")).isEqualTo("Which\nof \"two\"?");
    assertThat(row.<String>getAs("answer")).isEqualTo("B");
  }

  @Test
  void aBrokenElementOfAnArrayCostsOneRecord() throws Exception {
    Files.write(root.resolve("p.png"), TestPictures.png(8, 8));
    String good = "{\"id\":\"%s\",\"image\":\"p.png\",\"question\":\"?\",\"answer\":7}";
    Files.writeString(
        root.resolve("items.json"),
        "[\n" + good.formatted("a") + ",\n{\"id\": b},\n" + good.formatted("c") + "]");
    CollectRun run =
        CollectRun.of(
            root.resolve("out"),
            SourceConfig.of("array", "generic", root.resolve("items.json").toString()));
    assertThat(run.run().counts()).isEqualTo(new Counts(3, 0, 2, 1, 0));
    assertThat(run.byId()).containsOnlyKeys("array-a", "array-c");
  }

  @Test
  void namesEveryInputThatIsNotThereBeforeAnythingRuns() {
    CollectRun run =
        CollectRun.of(
            root,
            SourceConfig.of("one", "generic", root + "/absent.jsonl"),
            SourceConfig.of("two", "generic", "nowhere://host/x.jsonl"));
    assertThatThrownBy(run::run)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("sources.one.path: nothing is there: ")
        .hasMessageContaining("sources.two.path: No FileSystem for scheme \"nowhere\"");
  }

  @Test
  void namesTheReadersThereAre() {
    assertThatThrownBy(() -> CollectRun.of(root, SourceConfig.of("x", "puzlevqa", "y")).step())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "sources.x.reader 'puzlevqa' is unknown; there are allava-laion, arxivqa, clevr-math,"
                + " docvqa, generic, geo170k, llava-cot, math-puma, math-vision, procedural,"
                + " puzzlevqa, vizwiz, vlaa");
  }

  private static Map<String, String> answers(Map<String, Row> rows) {
    Map<String, String> answers = new TreeMap<>();
    rows.forEach(
        (id, row) -> answers.put(id, row.getAs("answer_type") + " " + row.getAs("answer")));
    return answers;
  }

  private static SourceConfig source(
      String name, String path, Map<String, String> map, Map<String, String> options) {
    return new SourceConfig(
        name,
        null,
        path,
        null,
        null,
        new TreeMap<>(map),
        null,
        null,
        null,
        null,
        null,
        new TreeMap<>(options));
  }

  /** A source of {@code conf/pipeline/sources-real.yaml}, with paths of this test. */
  private static SourceConfig example(String name, String path, String images) throws IOException {
    Map<String, List<JsonNode>> file =
        YAML.readValue(
            Path.of("../conf/pipeline/sources-real.yaml").toFile(), new TypeReference<>() {});
    for (JsonNode source : file.get("sources")) {
      if (source.path("name").asText().equals(name)) {
        ObjectNode changed = source.deepCopy();
        changed.put("path", path).put("images", images);
        return BIND.treeToValue(changed, SourceConfig.class);
      }
    }
    throw new IllegalArgumentException("no source " + name);
  }
}
