package org.sightmill.pipeline.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.TestSample;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.quality.BenchmarkOverlap;
import org.sightmill.pipeline.quality.DuplicateImages;
import org.sightmill.pipeline.quality.DuplicateQuestions;
import org.sightmill.pipeline.quality.LanguageFilter;
import org.sightmill.pipeline.quality.LengthLimits;
import org.sightmill.pipeline.quality.QualityConfig;
import org.sightmill.pipeline.quality.TestScenes;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** Planted duplicates and items of benchmarks are gone, and the side table names what they are. */
final class CurateQualityIT {
  private static final String LONG =
      "There are 4 large cubes and several small spheres on a grey table in front of a wall."
          + " How many of the shiny things are behind the big yellow rubber cylinder?";
  private static final String ASKED =
      "A farmer walks along the old road from the mill to the market and back again in 3 hours";

  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();
  private final List<TestSample> samples = new ArrayList<>();

  @Test
  void whatWasPlantedIsGoneAndNamed() throws IOException {
    plant();
    RunStore store = commit("run", 1);
    StepReport report = curate(store, everyCheck());

    assertThat(rejected(store))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "a2",
                    "QUESTION_DUPLICATE: asks the same of the same picture as a1",
                    "n2",
                    "QUESTION_NEAR_DUPLICATE: 97 % alike and of the same picture as n1",
                    "i2",
                    "IMAGE_DUPLICATE: picture looks like that of a1, " + "%064x".formatted(1),
                    "b1",
                    "BENCHMARK_QUESTION: shares 77 % of the shorter question's word runs with"
                        + " MathX item 7",
                    "b2",
                    "BENCHMARK_IMAGE: picture is that of MathX item 9, but for 0 bits of 128",
                    "g1",
                    "TEXT_LANGUAGE: question looks like de",
                    "s1",
                    "TEXT_LENGTH: question has 1 words")));
    assertThat(kept(store, "sft", "rl")).containsExactly("a1", "n1", "n3", "n4", "n5");
    assertThat(kept(store, "aha")).as("b1 reflects on itself").isEmpty();
    assertThat(report.counts().read()).isEqualTo(12);
    assertThat(report.counts().out()).isEqualTo(5);
    assertThat(report.measures())
        .containsEntry("quality.read.lengths", 12.0)
        .containsEntry("quality.ended.benchmarks", 2.0)
        .containsEntry("quality.read.duplicate_images", 8.0)
        .containsEntry("quality.read.duplicate_questions", 7.0)
        .containsEntry("quality.ended.duplicate_questions", 2.0)
        .containsEntry("quality.benchmark_items", 3.0)
        .containsEntry("quality.benchmark_pictures_unreadable", 1.0);

    RunStore again = commit("again", 3);
    curate(again, everyCheck());
    assertThat(rejected(again)).as("in another partitioning").isEqualTo(rejected(store));
  }

  @Test
  void alikePicturesMayCountAsOneInstead() throws IOException {
    plant();
    RunStore store = commit("run", 2);
    QualityConfig checks =
        QualityConfig.DEFAULT
            .with(new DuplicateImages(4, DuplicateImages.Rows.KEEP))
            .with(new DuplicateQuestions(0.8, 3, DuplicateQuestions.Answers.ANY));
    samples.get(4).with("question", LONG);
    curate(store, checks);
    assertThat(rejected(store).keySet()).containsExactlyInAnyOrder("a2", "n2", "n5");
    assertThat(kept(store, "sft", "rl")).contains("i2");
  }

  @Test
  void everyBenchmarkThatIsNotThereIsNamed() {
    samples.add(sample("a", "Why?", -1, "1"));
    RunStore store = commit("run", 1);
    QualityConfig checks =
        QualityConfig.DEFAULT.with(BenchmarkOverlap.of(Map.of("A", "/no/a.tsv", "B", "/no/b.tsv")));
    assertThatThrownBy(() -> curate(store, checks))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("curate.quality.benchmarks.files.A does not exist: /no/a.tsv")
        .hasMessageContaining("curate.quality.benchmarks.files.B does not exist: /no/b.tsv");
  }

  @Test
  void aFileWithoutQuestionsIsNoBenchmark() throws IOException {
    samples.add(sample("a", "Why?", -1, "1"));
    RunStore store = commit("run", 1);
    Path file = Files.writeString(root.resolve("x.tsv"), "index\tprompt\n1\tWhy?\n");
    QualityConfig checks =
        QualityConfig.DEFAULT.with(BenchmarkOverlap.of(Map.of("X", file.toString())));
    assertThatThrownBy(() -> curate(store, checks))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "curate.quality.benchmarks.files.X: %s lacks the columns question; it has index, prompt"
                .formatted(file));
  }

  private void plant() throws IOException {
    samples.clear();
    samples.add(sample("a1", "How many red cubes are left of the sphere?", 1, "3"));
    samples.add(sample("a2", "how many red cubes  are left of the SPHERE?", 1, "3"));
    samples.add(sample("n1", LONG, 2, "2"));
    samples.add(sample("n2", LONG + " Tell", 2, "2"));
    samples.add(sample("n3", LONG.replace("4", "5"), 2, "2"));
    samples.add(sample("n4", LONG, 3, "2"));
    samples.add(sample("n5", LONG + " Say", 2, "7"));
    samples.add(sample("i2", "What is on the table?", 101, "x"));
    samples.add(sample("b1", "Question: " + ASKED.replace("3", "5"), -1, "1"));
    samples.add(sample("b2", "What is the name of that?", 9, "y"));
    samples.add(sample("g1", "Wie viele rote Würfel sind links von der Kugel?", -1, "3"));
    samples.add(sample("s1", "Why?", -1, "3"));
    samples.get(8).with("reasoning", "Hmm, wait.");
  }

  private static TestSample sample(String id, String question, int picture, String answer) {
    String sha = picture < 0 ? null : "%064x".formatted(picture);
    return TestSample.counting(id)
        .with("question", question)
        .with("answer", answer)
        .with("reasoning", "Plain.")
        .with("image_sha256", sha)
        .with("image_path", sha == null ? null : "images/00/" + sha + ".png");
  }

  /** Picture 101 is picture 1 in another size; the others differ. */
  private RunStore commit(String run, int partitions) {
    RunStore store =
        new RunStore(
            new RunLayout(root.toString(), run), spark.sparkContext().hadoopConfiguration());
    try {
      Path folder = Files.createDirectories(root.resolve(run).resolve("images/00"));
      for (int picture : new int[] {1, 2, 3, 9}) {
        Files.write(
            folder.resolve("%064x.png".formatted(picture)),
            TestScenes.encoded(TestScenes.scene(picture), "png"));
      }
      Files.write(
          folder.resolve("%064x.png".formatted(101)),
          TestScenes.encoded(TestScenes.scaled(TestScenes.scene(1), 240, 180), "jpg"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    List<Row> rows = samples.stream().map(sample -> sample.row(Boundary.VERIFY)).toList();
    TestSample.commit(
        spark,
        store,
        StepName.VERIFY,
        spark.createDataFrame(rows, Schemas.of(Boundary.VERIFY)).repartition(partitions));
    return store;
  }

  private QualityConfig everyCheck() throws IOException {
    String picture =
        Base64.getEncoder().encodeToString(TestScenes.encoded(TestScenes.scene(9), "png"));
    Path benchmark =
        Files.writeString(
            root.resolve("mathx.tsv"),
            "index\timage\tquestion\n7\tbm8gcGljdHVyZQ==%s\t\"%s,\nhow far is \"\"it\"\"?\"\n"
                    .formatted("A".repeat(80), ASKED)
                + "9\t%s\tWhat?\n10\t9\tAnd this?\n".formatted(picture));
    return QualityConfig.DEFAULT
        .with(new LengthLimits(new LengthLimits.Range(3, 200), null, null))
        .with(new LanguageFilter(new TreeSet<>(List.of("en")), null))
        .with(BenchmarkOverlap.of(Map.of("MathX", benchmark.toString())))
        .with(DuplicateImages.DEFAULT)
        .with(DuplicateQuestions.DEFAULT);
  }

  private StepReport curate(RunStore store, QualityConfig checks) {
    return new CurateStep(spark, store, CurateConfig.DEFAULT.withQuality(checks)).run();
  }

  private SortedMap<String, String> rejected(RunStore store) {
    SortedMap<String, String> rejected = new TreeMap<>();
    spark
        .read()
        .parquet(store.layout().rejected(StepName.CURATE).toString())
        .collectAsList()
        .forEach(
            row ->
                rejected.put(
                    row.getAs("sample_id"), row.getAs("code") + ": " + row.getAs("detail")));
    return rejected;
  }

  private List<String> kept(RunStore store, String... subsets) {
    List<String> ids = new ArrayList<>();
    for (String subset : subsets) {
      spark
          .read()
          .parquet(store.layout().step(StepName.CURATE) + "/" + subset)
          .select("sample_id")
          .collectAsList()
          .forEach(row -> ids.add(row.getString(0)));
    }
    return ids.stream().sorted().toList();
  }
}
