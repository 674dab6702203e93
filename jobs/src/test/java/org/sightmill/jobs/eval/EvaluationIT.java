package org.sightmill.jobs.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.jobs.spark.LocalSpark;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.eval.ArmResult;
import org.sightmill.trainer.eval.BenchmarkResult;
import org.sightmill.trainer.eval.Comparison;
import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.Preset;
import org.sightmill.trainer.eval.PromptStyle;

class EvaluationIT {
  /** Enough parts for several waves on two cores. */
  private static final int ROWS = 300;

  private static final String ANSWER = "<think>I look.</think> <answer>1</answer>";

  @RegisterExtension static final LocalSpark SPARK = new LocalSpark();

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    ExecutorAnswerer.close();
  }

  @BeforeEach
  void forget() {
    ScriptedSource.ASKED.clear();
    ScriptedSource.OPENED.set(0);
  }

  /** Golds 0 and 1 in turn; row 5 has no picture, row 6 shares row 0's. */
  private BenchmarkFile file() throws IOException {
    StringBuilder text = new StringBuilder("index\timage\tquestion\tanswer\n");
    for (int i = 0; i < ROWS; i++) {
      String image = i == 5 ? "" : i == 6 ? "0" : "QUJD".repeat(20);
      text.append("%d\t%s\t\"how\nmany?\"\t%d\n".formatted(i, image, i % 2));
    }
    Path file = folder.resolve("items.tsv");
    Files.writeString(file, text);
    List<String> problems = new ArrayList<>();
    BenchmarkFile parsed = BenchmarkFile.parse("mine:generic=" + file, problems).orElseThrow();
    assertThat(problems).isEmpty();
    assertThat(parsed.problems(SPARK.session().sparkContext().hadoopConfiguration())).isEmpty();
    return parsed;
  }

  private Evaluation evaluation(BenchmarkFile file) {
    return new Evaluation(
        SPARK.session(),
        new org.apache.hadoop.fs.Path(folder.resolve("out").toUri()),
        List.of(file),
        Decoding.of(Preset.PAPER),
        Optional.empty(),
        Optional.empty());
  }

  private ScoredArm run(BenchmarkFile file, String answer, int failAfter) {
    ArmSpec arm = ArmSpec.ofModel("base", "/models/base", PromptStyle.TRAINED);
    return evaluation(file)
        .run(
            arm,
            Optional.of(new ScriptedSource(answer, failAfter)),
            new org.apache.hadoop.fs.Path(folder.resolve("out/base").toUri()));
  }

  @Test
  void asksEveryItemOnceAndGoesOnWhereAKilledRunStopped() throws IOException {
    BenchmarkFile file = file();
    assertThatThrownBy(() -> run(file, ANSWER, 270)).hasMessageContaining("the power is gone");
    int before = ScriptedSource.ASKED.size();
    BenchmarkResult result = run(file, ANSWER, -1).result().benchmarks().get(0);
    assertThat(before).isGreaterThan(200);
    assertThat(ScriptedSource.ASKED).hasSize(ROWS - 1).doesNotContainKey("5");
    assertThat(ScriptedSource.ASKED.values()).allSatisfy(n -> assertThat(n).containsOnly(1));
    long twice = ScriptedSource.ASKED.values().stream().filter(n -> n.size() > 1).count();
    assertThat(twice).as("items of the one wave that was lost").isLessThan(64);
    assertThat(result.n()).isEqualTo(ROWS);
    assertThat(result.failures()).containsExactly(java.util.Map.entry("IMAGE_MISSING", 1L));
    assertThat(result.strict().value()).isEqualTo((ROWS / 2 - 1) / (double) ROWS);
    assertThat(result.truncated()).isEqualTo(1);
    assertThat(result.completionTokens()).isEqualTo(5L * (ROWS - 1));
  }

  @Test
  void opensTheModelOnceForAllTasks() throws IOException {
    run(file(), ANSWER, -1);
    assertThat(ScriptedSource.OPENED).hasValue(1);
  }

  @Test
  void writesWhatItsOwnReaderScoresTheSame() throws IOException {
    BenchmarkFile file = file();
    ArmResult asked = run(file, ANSWER, -1).result();
    Path written = folder.resolve("out/base/base_mine.tsv");
    assertThat(Files.readAllLines(written).get(0)).isEqualTo("index\tquestion\tanswer\tprediction");
    TreeMap<String, String> files = new TreeMap<>();
    files.put("mine", written.toString());
    ArmSpec given = ArmSpec.ofPredictions("given", files, PromptStyle.NATIVE);
    ArmResult scored = evaluation(file).run(given).result();
    assertThat(scored.benchmarks().get(0).compatible())
        .isEqualTo(asked.benchmarks().get(0).compatible());
    files.put("mine", folder.resolve("out/base/mine/predictions").toString());
    ArmSpec parquet = ArmSpec.ofPredictions("parquet", files, PromptStyle.TRAINED);
    assertThat(evaluation(file).run(parquet).result().benchmarks()).isEqualTo(asked.benchmarks());
  }

  @Test
  void refusesToMixPredictionsOfOtherSettings() throws IOException {
    BenchmarkFile file = file();
    run(file, ANSWER, -1);
    ArmSpec other = ArmSpec.ofModel("base", "/models/other", PromptStyle.TRAINED);
    assertThatThrownBy(() -> evaluation(file).run(other))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("holds predictions of other settings");
  }

  @Test
  void comparesArmsOverTheSameItemsAndAveragesSeeds() throws IOException {
    BenchmarkFile file = file();
    Evaluation evaluation = evaluation(file);
    ScoredArm base = run(file, ANSWER, -1);
    List<ScoredArm> arms = new ArrayList<>(List.of(base));
    for (int seed = 1; seed <= 2; seed++) {
      String said = seed == 1 ? "<think>t</think> <answer>0</answer>" : ANSWER;
      arms.add(
          evaluation.run(
              ArmSpec.ofModel("grpo", "/m" + seed, PromptStyle.TRAINED),
              Optional.of(new ScriptedSource(said, -1)),
              new org.apache.hadoop.fs.Path(folder.resolve("out/grpo" + seed).toUri())));
    }
    Comparison comparison = Comparing.of(arms);
    assertThat(comparison.seeds()).containsEntry("base", 1).containsEntry("grpo", 2);
    assertThat(comparison.pairs()).hasSize(3);
    assertThat(comparison.pairs()).allSatisfy(pair -> assertThat(pair.units()).isEqualTo(ROWS));
    // Row 5 has no picture and gold 1, so that one more 0 than 1 is right.
    assertThat(comparison.pairs().get(0).difference().value())
        .isEqualTo(0.5 / ROWS, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void shufflingGivesEveryQuestionThePictureOfAnother() throws IOException {
    StringBuilder text = new StringBuilder("index\timage\tquestion\tanswer\n");
    for (int i = 0; i < 5; i++) {
      String image = i == 4 ? "i1" : String.valueOf((char) ('a' + i)).repeat(80);
      text.append("i%d\t%s\tq%d\t%d\n".formatted(i, image, i, i));
    }
    Path file = folder.resolve("five.tsv");
    Files.writeString(file, text);
    BenchmarkFile five =
        BenchmarkFile.parse("five:generic=" + file, new ArrayList<>()).orElseThrow();
    BenchmarkFile shuffled =
        ShuffledPictures.of(
            five, folder.toString(), SPARK.session().sparkContext().hadoopConfiguration());
    assertThat(shuffled.dataset()).isEqualTo("five-shuffled");
    List<String> rows = Files.readAllLines(folder.resolve("five-shuffled.tsv"));
    assertThat(rows.subList(1, 6).stream().map(row -> row.split("\t")[1].substring(0, 1)))
        .containsExactly("c", "d", "b", "a", "b");
    assertThat(rows.get(1)).startsWith("i0\t").endsWith("\tq0\t0");
  }

  @Test
  void saysWhatIsWrongWithABenchmark() throws IOException {
    List<String> problems = new ArrayList<>();
    assertThat(BenchmarkFile.parse("MMMU=x.tsv", problems)).isEmpty();
    assertThat(BenchmarkFile.parse("DynaMath", problems)).isEmpty();
    assertThat(problems)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("--benchmark: no benchmark is named 'MMMU'; there are MathVista,"),
            second ->
                assertThat(second).isEqualTo("--benchmark must be NAME=FILE but was 'DynaMath'"));
    BenchmarkFile wrong =
        BenchmarkFile.parse("DynaMath=" + file().path(), new ArrayList<>()).orElseThrow();
    assertThat(wrong.problems(SPARK.session().sparkContext().hadoopConfiguration()).get(0))
        .endsWith(
            "lacks the columns answer_type, qid, varid of DynaMath; it has index, image, question,"
                + " answer");
  }
}
