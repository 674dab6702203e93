package org.sightmill.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts that are alike, and languages. */
final class LikenessTest {
  private static long[] runs(String text) {
    return Shingles.of(List.of(text.split(" ")), 3);
  }

  @Test
  void similarityIsTheShareOfCommonRuns() {
    // abc bcd cde | abc bcd cdx: two of four.
    assertThat(Shingles.jaccard(runs("a b c d e"), runs("a b c d x"))).isEqualTo(0.5);
    assertThat(Shingles.jaccard(runs("a b"), runs("a b"))).isEqualTo(1);
    assertThat(Shingles.jaccard(runs("a b"), runs("b a"))).isZero();
    assertThat(Shingles.of(List.of(), 3)).isEmpty();
  }

  @Test
  void bandsFindTheShareOfPairsThatTheirFormulaSays() {
    Bands bands = new Bands(4, 4);
    int pairs = 4_000;
    int found = 0;
    Random random = new Random(5);
    for (int i = 0; i < pairs; i++) {
      found += shareABand(bands, random, 0.7) ? 1 : 0;
    }
    double expected = 1 - Math.pow(1 - Math.pow(0.7, 4), 4);
    assertThat((double) found / pairs).isCloseTo(expected, within(0.03));
  }

  /** Two random sets of this similarity. */
  private static boolean shareABand(Bands bands, Random random, double similarity) {
    int union = 100;
    int common = (int) (union * similarity);
    long[] all = random.longs(union).toArray();
    int rest = (union - common) / 2;
    long[] a = IntStream.range(0, common + rest).mapToLong(i -> all[i]).sorted().toArray();
    long[] b =
        IntStream.range(0, union)
            .filter(i -> i < common || i >= common + rest)
            .mapToLong(i -> all[i])
            .sorted()
            .toArray();
    long[] ofA = bands.of(a);
    long[] ofB = bands.of(b);
    return IntStream.range(0, ofA.length).anyMatch(i -> ofA[i] == ofB[i]);
  }

  @Test
  void bandsForASimilarityMissFewPairsOfIt() {
    for (double similarity : new double[] {0.5, 0.6, 0.7, 0.8, 0.9, 1}) {
      Bands bands = Bands.forSimilarity(similarity);
      assertThat(Math.pow(1 - Math.pow(similarity, bands.rows()), bands.bands()))
          .isLessThanOrEqualTo(0.005);
      assertThat(bands.bands() * bands.rows()).isLessThanOrEqualTo(Bands.MAX_HASHES);
    }
  }

  @Test
  void theFirstOfWhatIsAlikeLeads() {
    Leaders leaders = new Leaders(0.5);
    long[] keys = {1, 2};
    assertThat(leaders.matchOrAdd("first", runs("a b c d e"), keys)).isNull();
    assertThat(leaders.matchOrAdd("other", runs("v w x y z"), keys)).isNull();
    assertThat(leaders.matchOrAdd("second", runs("a b c d x"), keys))
        .isEqualTo(new Leaders.Match("first", 0.5));
    assertThat(leaders.matchOrAdd("elsewhere", runs("a b c d e"), new long[] {3})).isNull();
  }

  @Test
  void benchmarksAreFoundByTheirWordsAndNotByInstructions() {
    List<String> items = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    String hint =
        "Hint: Please answer the question and provide the correct option letter at the end. ";
    for (int i = 0; i < 30; i++) {
      items.add("item " + i);
      String rare = "w" + (char) ('a' + i % 26) + (i / 26 == 0 ? "q" : "z");
      questions.add(
          hint + "On the %s road a tall %s farmer met some %s cows".formatted(rare, rare, rare));
    }
    RunIndex index = RunIndex.of(items, questions, 4);
    assertThat(index.match("So: on the wcq road a tall wcq farmer met some WCQ cows today", 0.7))
        .contains(new RunIndex.Match("item 2", 0.9));
    assertThat(index.match(hint + "How many balls are to the left of the red block here", 0.3))
        .isEmpty();
    assertThat(index.match("some wcq cows", 0.1)).as("too short to tell").isEmpty();
    assertThat(index.match(null, 0.1)).isEmpty();
  }

  @Test
  void languagesAreToldApart() {
    Map<String, String> questions =
        Map.of(
            "en", "How many red cubes are to the left of the sphere?",
            "de", "Wie viele rote Würfel sind links von der Kugel?",
            "fr", "Combien de cubes rouges sont dans la figure et sur la table?",
            "es", "¿Cuántos cubos rojos hay en la mesa y cuál es el más grande?",
            "zh", "图中有多少个红色的球?",
            "ja", "赤い球はいくつありますか",
            "ru", "Сколько красных кубов слева от шара?");
    questions.forEach(
        (code, text) -> assertThat(Language.of(text).map(Language::code)).as(text).contains(code));
    assertThat(Language.of("x + 3 = 7")).isEqualTo(Optional.empty());
    assertThat(Language.of("∠α = 30°, ∠β = 40°, what is the angle γ in the triangle"))
        .contains(Language.EN);
  }

  @Test
  void aSmallKindLeavesItsShareToTheOthers() {
    assertThat(Balance.shares(Map.of("a", 100L, "b", 3L, "c", 50L), 24))
        .isEqualTo(Map.of("a", 11L, "b", 3L, "c", 10L));
    assertThat(Balance.shares(Map.of("a", 5L, "b", 2L), 100)).isEqualTo(Map.of("a", 5L, "b", 2L));
    assertThat(Balance.shares(Map.of("a", 5L, "b", 2L), 0)).isEqualTo(Map.of("a", 0L, "b", 0L));
    assertThat(Balance.shares(Map.of(), 4)).isEmpty();
  }
}
