package org.sightmill.pipeline.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.official.OfficialTree;
import org.sightmill.pipeline.step.Outcome;

/** Every official distribution through one run of collect, each with its dirt. */
final class OfficialReadersIT {
  @TempDir static Path folder;
  private static Collected collected;

  @BeforeAll
  static void collect() throws IOException {
    OfficialTree.layOut(folder.resolve("tree"));
    CollectRun run = CollectRun.of(folder.resolve("out"), sources().toArray(SourceConfig[]::new));
    run.run();
    collected = Collected.of(run);
  }

  private static List<SourceConfig> sources() {
    return List.of(
        source("clevr_math", "clevr-math", "clevr-math", Map.of()),
        source("geoqa170k", "geo170k", "geo170k", Map.of()),
        source("geotest", "geo170k", "geo170k", Map.of("split", "test")),
        source("synthesis", "math-puma", "math-puma", Map.of()),
        source("arxivqa", "arxivqa", "arxivqa", Map.of()),
        source("docvqa", "docvqa", "docvqa", Map.of()),
        source("vizwiz", "vizwiz", "vizwiz", Map.of()),
        source("allava", "allava-laion", "allava", Map.of()),
        source("coco", "llava-cot", "llava-cot", Map.of("part", "coco")),
        source("vg", "llava-cot", "llava-cot", Map.of("part", "vg")),
        source("vlaa", "vlaa", "vlaa", Map.of()),
        source("mathv", "math-vision", "math-vision", Map.of()));
  }

  private static SourceConfig source(
      String name, String reader, String path, Map<String, String> options) {
    return CollectRun.source(name, reader, folder.resolve("tree").resolve(path), options);
  }

  @Test
  void clevrMathTellsItsScenes() {
    assertThat(collected.answers("clevr_math"))
        .containsExactly(
            "clevr_math-CLEVR_train_000000.png-0 digit 2",
            "clevr_math-CLEVR_train_000000.png-1 digit 6",
            "clevr_math-CLEVR_train_000001.png-2 digit 1",
            "clevr_math-CLEVR_train_000002.png-3 digit 0");
    assertThat(collected.text("clevr_math-CLEVR_train_000000.png-0", "context"))
        .isEqualTo(
            "There are a large blue metal sphere, a small red metal cylinder, a small brown rubber"
                + " cube in the image.");
    assertThat(collected.text("clevr_math-CLEVR_train_000001.png-2", "context"))
        .isEqualTo("There is a large gray rubber cube in the image.");
    assertThat(collected.text("clevr_math-CLEVR_train_000002.png-3", "context")).isNull();
    assertThat(collected.text("clevr_math-CLEVR_train_000002.png-3", "meta"))
        .isEqualTo("{\"template\":\"subtraction-multihop\"}");
    assertThat(collected.reasons("clevr_math"))
        .containsExactly("clevr_math-CLEVR_train_000003.png-4 FIELD_MISSING");
  }

  @Test
  void geo170kFindsLettersInEveryWording() {
    assertThat(collected.answers("geoqa170k"))
        .containsExactly(
            "geoqa170k-geo3k-2 choice A",
            "geoqa170k-geoqa_plus-1 choice B",
            "geoqa170k-geoqa_plus-1-2 choice B");
    Row inline = collected.rows().get("geoqa170k-geo3k-2");
    assertThat(inline.<String>getAs("question"))
        .isEqualTo("How long is AB when AC is 3 and BC is 4?");
    assertThat(inline.getList(inline.fieldIndex("choices")))
        .asList()
        .containsExactly("5", "6", "7", "12");
    assertThat(collected.text("geoqa170k-geoqa_plus-1", "question"))
        .isEqualTo("In a circle with centre O, angle AOB is 80 degrees. What is angle ACB?");
    assertThat(collected.reasons("geoqa170k"))
        .containsExactlyInAnyOrder("geoqa170k-geo3k-2 ANSWER_NOT_MARKED");
    assertThat(collected.reasons().values())
        .anyMatch(reason -> reason.startsWith("FIELD_MISSING: qa_tuning.json:5: conversations"));
  }

  @Test
  void geo170kJoinsItsTestAnswers() {
    assertThat(collected.answers("geotest")).containsExactly("geotest-0 choice D");
    assertThat(collected.reasons("geotest"))
        .containsExactlyInAnyOrder("geotest-1 ANSWER_EMPTY", "geotest-7 PARTNER_MISSING");
  }

  @Test
  void mathPumaCompletesGoldsThatHoldCoefficients() {
    assertThat(collected.answers("synthesis"))
        .containsExactly(
            "synthesis-func_abs_4 math x = 4",
            "synthesis-func_line_2 math y = 2 * x + (-1)",
            "synthesis-func_log_3 math a = 3",
            "synthesis-func_sine_1 math y = -5 * sin(-5 * x)");
    assertThat(collected.text("synthesis-func_line_2", "meta"))
        .isEqualTo("{\"gold_as_given\":\"a = 2, b = -1\"}");
    assertThat(collected.text("synthesis-func_log_3", "meta"))
        .isEqualTo("{\"gold_incomplete\":\"coefficients\"}");
    assertThat(collected.text("synthesis-func_sine_1", "context"))
        .startsWith("The function y = a * sin(");
    assertThat(collected.text("synthesis-func_sine_1", "rationale")).endsWith("Step 2: a = -5.");
    assertThat(collected.reasons("synthesis"))
        .containsExactly(
            "synthesis-absent_6 IMAGE_MISSING", "synthesis-func_cos_5 ANSWER_NOT_MARKED");
  }

  @Test
  void arxivQaUnderstandsEveryFormOfLabel() {
    assertThat(collected.answers("arxivqa"))
        .containsExactly(
            "arxivqa-cond-mat-1 choice A",
            "arxivqa-cond-mat-2 choice B",
            "arxivqa-cond-mat-3 choice B",
            "arxivqa-cond-mat-4 choice B",
            "arxivqa-cond-mat-5 choice B",
            "arxivqa-cond-mat-6 choice C",
            "arxivqa-cond-mat-9 choice B");
    Row split = collected.rows().get("arxivqa-cond-mat-6");
    assertThat(split.getList(split.fieldIndex("choices")))
        .asList()
        .containsExactly("It rises, then falls.", "It falls.", "It is constant.");
    assertThat(collected.reasons("arxivqa"))
        .containsExactly(
            "arxivqa-cond-mat-10 ANSWER_EMPTY",
            "arxivqa-cond-mat-7 ANSWER_NOT_IN_CHOICES",
            "arxivqa-cond-mat-8 CHOICES_INVALID");
    assertThat(collected.reasons().values())
        .anyMatch(reason -> reason.startsWith("RECORD_UNREADABLE: arxivqa.jsonl:11: "));
  }

  @Test
  void docVqaKeepsDatesAsText() {
    assertThat(collected.answers("docvqa"))
        .containsExactly(
            "docvqa-1 open 1/8/93", "docvqa-2 digit 1,250.50", "docvqa-3 open Holland Ltd.");
    assertThat(collected.text("docvqa-3", "meta"))
        .contains("\"answers\":[\"Holland Ltd.\",\"holland\"]");
    assertThat(collected.reasons("docvqa"))
        .containsExactly("docvqa-4 FIELD_MISSING", "docvqa-5 IMAGE_MISSING");
  }

  @Test
  void vizWizTakesWhatMostSay() {
    assertThat(collected.answers("vizwiz"))
        .containsExactly(
            "vizwiz-VizWiz_train_00000000 open cup",
            "vizwiz-VizWiz_train_00000001 open grey",
            "vizwiz-VizWiz_train_00000005 digit 3");
    assertThat(collected.reasons("vizwiz"))
        .containsExactly(
            "vizwiz-VizWiz_train_00000002 ANSWER_UNANSWERABLE",
            "vizwiz-VizWiz_train_00000003 ANSWER_UNANSWERABLE",
            "vizwiz-VizWiz_train_00000004 ANSWER_DISPUTED",
            "vizwiz-VizWiz_train_00000006 FIELD_MISSING");
  }

  @Test
  void allavaJoinsCaptionAndInstruction() {
    assertThat(collected.answers("allava"))
        .containsExactly(
            "allava_laion_100 open It could mark the way to the harbour.",
            "allava_laion_101 open It is early in the morning.",
            "allava_laion_102 open A family with a dog.",
            "allava_laion_104 open Bread.");
    assertThat(collected.text("allava_laion_101", "caption"))
        .isEqualTo("An empty street in pale light.");
    assertThat(collected.text("allava_laion_101", "question"))
        .isEqualTo("Why is the street empty?");
    assertThat(collected.text("allava_laion_104", "caption")).isNull();
    assertThat(collected.reasons("allava")).containsExactly("allava-103.jpeg PARTNER_MISSING");
  }

  @Test
  void llavaCotTurnsTagsAndBoxes() {
    assertThat(collected.answers("coco"))
        .containsExactly("coco-9 open Broccoli.", "coco-9-turn2 open Green.");
    assertThat(collected.text("coco-9-turn2", "caption")).isEqualTo("A plate with food.");
    assertThat(collected.text("coco-9-turn2", "reasoning_raw")).isEqualTo("Broccoli is green.");
    assertThat(collected.text("coco-9-turn2", "answer_raw")).isEqualTo("Green.");
    assertThat(collected.text("coco-9-turn2", "origin")).isEqualTo("train.jsonl#2:1");
    assertThat(collected.reasons("coco")).containsExactly("coco-25 ANSWER_NOT_MARKED");
    assertThat(collected.answers("vg"))
        .containsExactly(
            "vg-1 box [0.0, 0.0, 0.5, 0.5]",
            "vg-1-turn2 box [0.5, 0.5, 0.828125, 0.8333333333333334]");
    assertThat(collected.reasons("vg")).containsExactly("vg-2 BOX_INVALID");
  }

  @Test
  void vlaaReadsItsOwnRelease() {
    assertThat(collected.answers("vlaa"))
        .containsExactly(
            "vlaa-allava-allava_laion_5 open Bread.",
            "vlaa-clevr_math-CLEVR_train_000007.png digit 3",
            "vlaa-geoqa170k-geoqa_plus-1-5 choice B",
            "vlaa-synthesis-2 math y = -5 * x");
    assertThat(collected.text("vlaa-synthesis-2", "license")).isEqualTo("GPL-3.0");
    assertThat(collected.reasons("vlaa")).containsExactly("vlaa-arxivqa-x-1 THINK_UNCLOSED");
  }

  @Test
  void mathVisionHasNumbersAndLetters() {
    assertThat(collected.answers("mathv")).containsExactly("mathv-1 digit 4", "mathv-2 choice C");
    assertThat(collected.text("mathv-1", "question")).isEqualTo("How many squares are there?");
  }

  @Test
  void everyRowSaysItsLicence() {
    Map<String, String> licenses = new TreeMap<>();
    collected
        .rows()
        .values()
        .forEach(
            row ->
                licenses.put(row.getAs("source"), String.valueOf((Object) row.getAs("license"))));
    assertThat(licenses)
        .containsEntry("vizwiz", "CC BY 4.0")
        .containsEntry("synthesis", "GPL-3.0")
        .containsEntry("docvqa", "rrc.cvc.uab.es terms, not redistributable")
        .containsEntry("geoqa170k", "null");
  }

  /** Sources with packs, joins, arrays and lines: each shows what the run made of a record. */
  @ParameterizedTest
  @MethodSource("sources")
  void aPreviewShowsWhatIsCollectedAndWritesNothing(SourceConfig source) {
    Path nothing = folder.resolve("preview-" + source.name());
    List<Row> shown = CollectRun.of(nothing, source).step().preview(3);

    assertThat(shown).hasSizeBetween(1, 3);
    assertThat(shown).extracting(row -> row.<String>getAs("source")).containsOnly(source.name());
    for (Row row : shown) {
      if (row.getAs(Outcome.CODE) == null) {
        assertThat(seen(row)).isEqualTo(seen(collectedAt(source, row.getAs("origin"))));
      } else {
        assertThat(collected.reasons().values())
            .contains(row.getAs(Outcome.CODE) + ": " + row.getAs(Outcome.DETAIL));
      }
    }
    assertThat(nothing).doesNotExist();
  }

  private static Row collectedAt(SourceConfig source, String origin) {
    return collected.rows().values().stream()
        .filter(row -> row.getAs("source").equals(source.name()))
        .filter(row -> row.getAs("origin").equals(origin))
        .findFirst()
        .orElseThrow();
  }

  private static List<Object> seen(Row row) {
    return Stream.of("question", "choices", "answer", "answer_type", "image_sha256", "width")
        .map(row::getAs)
        .map(String::valueOf)
        .collect(Collectors.toList());
  }

  @Test
  void namesTheFilesThatAReaderMisses() {
    CollectRun wrong =
        CollectRun.of(folder.resolve("wrong"), source("doc", "docvqa", "vizwiz", Map.of()));
    assertThatThrownBy(wrong::run)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "sources.doc.path: reader docvqa finds no file named train_v1.0_withQT.json or"
                + " train_v1.0.json or DocVQA/train-*.parquet or train-*.parquet below ");
    assertThatThrownBy(
            () ->
                CollectRun.of(folder, source("v", "vizwiz", "vizwiz", Map.of("split", "tran")))
                    .step())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("sources.v.options.split must be one of train, val, test but was 'tran'");
  }
}
