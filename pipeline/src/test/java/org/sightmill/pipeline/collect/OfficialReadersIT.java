package org.sightmill.pipeline.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.official.OfficialTree;

/** Every official distribution through one run of collect, each with its dirt. */
final class OfficialReadersIT {
  @TempDir static Path folder;
  private static CollectRun run;
  private static Map<String, Row> rows;
  private static Map<String, String> reasons;

  @BeforeAll
  static void collect() throws IOException {
    OfficialTree.layOut(folder.resolve("tree"));
    run =
        CollectRun.of(
            folder.resolve("out"),
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
    run.run();
    rows = run.byId();
    reasons = run.reasons();
  }

  private static SourceConfig source(
      String name, String reader, String path, Map<String, String> options) {
    return new SourceConfig(
        name,
        reader,
        folder.resolve("tree").resolve(path).toString(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new TreeMap<>(options));
  }

  private static List<String> reasonsOf(String source) {
    List<String> found = new ArrayList<>();
    reasons.forEach(
        (id, reason) -> {
          if (id.startsWith(source + "-")) {
            found.add(id + " " + reason.substring(0, reason.indexOf(':')));
          }
        });
    return found;
  }

  private static List<String> answers(String source) {
    return rows.entrySet().stream()
        .filter(row -> row.getValue().getAs("source").equals(source))
        .map(
            row ->
                row.getKey()
                    + " "
                    + row.getValue().getAs("answer_type")
                    + " "
                    + row.getValue().getAs("answer"))
        .toList();
  }

  private static String text(String id, String column) {
    return rows.get(id).getAs(column);
  }

  @Test
  void clevrMathTellsItsScenes() {
    assertThat(answers("clevr_math"))
        .containsExactly(
            "clevr_math-CLEVR_train_000000.png-0 digit 2",
            "clevr_math-CLEVR_train_000000.png-1 digit 6",
            "clevr_math-CLEVR_train_000001.png-2 digit 1",
            "clevr_math-CLEVR_train_000002.png-3 digit 0");
    assertThat(text("clevr_math-CLEVR_train_000000.png-0", "context"))
        .isEqualTo(
            "There are a large blue metal sphere, a small red metal cylinder, a small brown rubber"
                + " cube in the image.");
    assertThat(text("clevr_math-CLEVR_train_000001.png-2", "context"))
        .isEqualTo("There is a large gray rubber cube in the image.");
    assertThat(text("clevr_math-CLEVR_train_000002.png-3", "context")).isNull();
    assertThat(text("clevr_math-CLEVR_train_000002.png-3", "meta"))
        .isEqualTo("{\"template\":\"subtraction-multihop\"}");
    assertThat(reasonsOf("clevr_math"))
        .containsExactly("clevr_math-CLEVR_train_000003.png-4 FIELD_MISSING");
  }

  @Test
  void geo170kFindsLettersInEveryWording() {
    assertThat(answers("geoqa170k"))
        .containsExactly(
            "geoqa170k-geo3k-2 choice A",
            "geoqa170k-geoqa_plus-1 choice B",
            "geoqa170k-geoqa_plus-1-2 choice B");
    Row inline = rows.get("geoqa170k-geo3k-2");
    assertThat(inline.<String>getAs("question"))
        .isEqualTo("How long is AB when AC is 3 and BC is 4?");
    assertThat(inline.getList(inline.fieldIndex("choices")))
        .asList()
        .containsExactly("5", "6", "7", "12");
    assertThat(text("geoqa170k-geoqa_plus-1", "question"))
        .isEqualTo("In a circle with centre O, angle AOB is 80 degrees. What is angle ACB?");
    assertThat(reasonsOf("geoqa170k"))
        .containsExactlyInAnyOrder("geoqa170k-geo3k-2 ANSWER_NOT_MARKED");
    assertThat(reasons.values())
        .anyMatch(reason -> reason.startsWith("FIELD_MISSING: qa_tuning.json:5: conversations"));
  }

  @Test
  void geo170kJoinsItsTestAnswers() {
    assertThat(answers("geotest")).containsExactly("geotest-0 choice D");
    assertThat(reasonsOf("geotest"))
        .containsExactlyInAnyOrder("geotest-1 ANSWER_EMPTY", "geotest-7 PARTNER_MISSING");
  }

  @Test
  void mathPumaCompletesGoldsThatHoldCoefficients() {
    assertThat(answers("synthesis"))
        .containsExactly(
            "synthesis-func_abs_4 math x = 4",
            "synthesis-func_line_2 math y = 2 * x + (-1)",
            "synthesis-func_sine_1 math y = -5 * sin(-5 * x)");
    assertThat(text("synthesis-func_line_2", "meta"))
        .isEqualTo("{\"gold_as_given\":\"a = 2, b = -1\"}");
    assertThat(text("synthesis-func_sine_1", "context")).startsWith("The function y = a * sin(");
    assertThat(text("synthesis-func_sine_1", "rationale")).endsWith("Step 2: a = -5.");
    assertThat(reasonsOf("synthesis"))
        .containsExactly(
            "synthesis-absent_6 IMAGE_MISSING",
            "synthesis-func_cos_5 ANSWER_NOT_MARKED",
            "synthesis-func_log_3 ANSWER_INCOMPLETE");
  }

  @Test
  void arxivQaUnderstandsEveryFormOfLabel() {
    assertThat(answers("arxivqa"))
        .containsExactly(
            "arxivqa-cond-mat-1 choice A",
            "arxivqa-cond-mat-2 choice B",
            "arxivqa-cond-mat-3 choice B",
            "arxivqa-cond-mat-4 choice B",
            "arxivqa-cond-mat-5 choice B",
            "arxivqa-cond-mat-6 choice C",
            "arxivqa-cond-mat-9 choice B");
    Row split = rows.get("arxivqa-cond-mat-6");
    assertThat(split.getList(split.fieldIndex("choices")))
        .asList()
        .containsExactly("It rises, then falls.", "It falls.", "It is constant.");
    assertThat(reasonsOf("arxivqa"))
        .containsExactly(
            "arxivqa-cond-mat-10 ANSWER_EMPTY",
            "arxivqa-cond-mat-7 ANSWER_NOT_IN_CHOICES",
            "arxivqa-cond-mat-8 CHOICES_INVALID");
    assertThat(reasons.values())
        .anyMatch(reason -> reason.startsWith("RECORD_UNREADABLE: arxivqa.jsonl:11: "));
  }

  @Test
  void docVqaKeepsDatesAsText() {
    assertThat(answers("docvqa"))
        .containsExactly(
            "docvqa-1 open 1/8/93", "docvqa-2 digit 1,250.50", "docvqa-3 open Holland Ltd.");
    assertThat(text("docvqa-3", "meta")).contains("\"answers\":[\"Holland Ltd.\",\"holland\"]");
    assertThat(reasonsOf("docvqa"))
        .containsExactly("docvqa-4 FIELD_MISSING", "docvqa-5 IMAGE_MISSING");
  }

  @Test
  void vizWizTakesWhatMostSay() {
    assertThat(answers("vizwiz"))
        .containsExactly(
            "vizwiz-VizWiz_train_00000000 open cup",
            "vizwiz-VizWiz_train_00000001 open grey",
            "vizwiz-VizWiz_train_00000005 digit 3");
    assertThat(reasonsOf("vizwiz"))
        .containsExactly(
            "vizwiz-VizWiz_train_00000002 ANSWER_UNANSWERABLE",
            "vizwiz-VizWiz_train_00000003 ANSWER_UNANSWERABLE",
            "vizwiz-VizWiz_train_00000004 ANSWER_DISPUTED",
            "vizwiz-VizWiz_train_00000006 FIELD_MISSING");
  }

  @Test
  void allavaJoinsCaptionAndInstruction() {
    assertThat(answers("allava"))
        .containsExactly(
            "allava_laion_100 open It could mark the way to the harbour.",
            "allava_laion_101 open It is early in the morning.",
            "allava_laion_102 open A family with a dog.",
            "allava_laion_104 open Bread.");
    assertThat(text("allava_laion_101", "caption")).isEqualTo("An empty street in pale light.");
    assertThat(text("allava_laion_101", "question")).isEqualTo("Why is the street empty?");
    assertThat(text("allava_laion_104", "caption")).isNull();
    assertThat(reasonsOf("allava")).containsExactly("allava-103.jpeg PARTNER_MISSING");
  }

  @Test
  void llavaCotTurnsTagsAndBoxes() {
    assertThat(answers("coco"))
        .containsExactly("coco-9 open Broccoli.", "coco-9-turn2 open Green.");
    assertThat(text("coco-9-turn2", "caption")).isEqualTo("A plate with food.");
    assertThat(text("coco-9-turn2", "reasoning_raw")).isEqualTo("Broccoli is green.");
    assertThat(text("coco-9-turn2", "answer_raw")).isEqualTo("Green.");
    assertThat(text("coco-9-turn2", "origin")).isEqualTo("train.jsonl#2:1");
    assertThat(reasonsOf("coco")).containsExactly("coco-25 ANSWER_NOT_MARKED");
    assertThat(answers("vg"))
        .containsExactly(
            "vg-1 box [0.0, 0.0, 0.5, 0.5]",
            "vg-1-turn2 box [0.5, 0.5, 0.828125, 0.8333333333333334]");
    assertThat(reasonsOf("vg")).containsExactly("vg-2 BOX_INVALID");
  }

  @Test
  void vlaaReadsItsOwnRelease() {
    assertThat(answers("vlaa"))
        .containsExactly(
            "vlaa-allava-allava_laion_5 open Bread.",
            "vlaa-clevr_math-CLEVR_train_000007.png digit 3",
            "vlaa-geoqa170k-geoqa_plus-1-5 choice B",
            "vlaa-synthesis-2 math y = -5 * x");
    assertThat(text("vlaa-synthesis-2", "license")).isEqualTo("GPL-3.0");
    assertThat(reasonsOf("vlaa")).containsExactly("vlaa-arxivqa-x-1 THINK_UNCLOSED");
  }

  @Test
  void mathVisionHasNumbersAndLetters() {
    assertThat(answers("mathv")).containsExactly("mathv-1 digit 4", "mathv-2 choice C");
    assertThat(text("mathv-1", "question")).isEqualTo("How many squares are there?");
  }

  @Test
  void everyRowSaysItsLicence() {
    Map<String, String> licenses = new TreeMap<>();
    rows.values()
        .forEach(
            row ->
                licenses.put(row.getAs("source"), String.valueOf((Object) row.getAs("license"))));
    assertThat(licenses)
        .containsEntry("vizwiz", "CC BY 4.0")
        .containsEntry("synthesis", "GPL-3.0")
        .containsEntry("docvqa", "rrc.cvc.uab.es terms, not redistributable")
        .containsEntry("geoqa170k", "null");
  }

  @Test
  void aPreviewFindsPicturesInPacksAndWritesNothing() {
    CollectRun looked =
        CollectRun.of(
            folder.resolve("nothing"), source("synthesis", "math-puma", "math-puma", Map.of()));
    List<Row> shown = looked.step().preview(2);
    assertThat(shown).extracting(row -> row.<Integer>getAs("width")).containsOnly(64);
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void namesTheFilesThatAReaderMisses() {
    CollectRun wrong =
        CollectRun.of(folder.resolve("wrong"), source("doc", "docvqa", "vizwiz", Map.of()));
    assertThatThrownBy(wrong::run)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "sources.doc.path: reader docvqa finds no file named train_v1.0_withQT.json or"
                + " train_v1.0.json or train-*.parquet below ");
    assertThatThrownBy(
            () ->
                CollectRun.of(folder, source("v", "vizwiz", "vizwiz", Map.of("split", "tran")))
                    .step())
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("sources.v.options.split must be one of train, val, test but was 'tran'");
  }
}
