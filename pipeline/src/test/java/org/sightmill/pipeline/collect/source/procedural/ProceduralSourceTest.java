package org.sightmill.pipeline.collect.source.procedural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ProceduralSourceTest {
  private final ProceduralSource source =
      new ProceduralSource(ProceduralConfig.defaults(11, 1_000_000));

  private static ProceduralSource only(ProceduralFamily family) {
    return new ProceduralSource(
        new ProceduralConfig(11, 1_000_000, Map.of(family, 2.0), 5, 0.08, 0.3, 320, 512));
  }

  @Test
  void makesTheSameRowInAnyOrderAndInAnyLength() {
    ProceduralItem late = source.item(4321);
    ProceduralSource shorter = new ProceduralSource(ProceduralConfig.defaults(11, 5000));
    shorter.item(17);

    ProceduralItem other = shorter.item(4321);

    assertThat(other.label()).isEqualTo(late.label());
    assertThat(other.png()).isEqualTo(late.png());
    assertThat(source.label(4321)).isEqualTo(late.label());
  }

  /** The digest was taken on JDK 17; it holds on every JDK, machine and locale. */
  @Test
  void keepsTheLabelsOfThisGeneratorVersion() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 2000; i++) {
      digest.update(source.label(i).toString().getBytes(StandardCharsets.UTF_8));
    }

    assertThat(ProceduralSource.GENERATOR_VERSION).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("8b89409720f0327021e262c9bcc7498bfe07aac76f1ea5037c9b0bfbdd6b9f94");
  }

  @Test
  void makesTheSameBytesOnEightThreads() throws Exception {
    List<byte[]> alone = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      alone.add(source.item(i).png());
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<byte[]>> together = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 40; i++) {
          long index = i;
          together.add(threads.submit(() -> source.item(index).png()));
        }
      }
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i % 40));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void makesOtherRowsFromAnotherSeed() {
    ProceduralSource other = new ProceduralSource(ProceduralConfig.defaults(12, 1_000_000));

    long equal =
        LongStream.range(0, 300)
            .filter(i -> source.label(i).context().equals(other.label(i).context()))
            .count();

    assertThat(equal).isZero();
    assertThat(source.label(5).id()).isEqualTo("procedural-b-5");
    assertThat(new ProceduralSource(ProceduralConfig.defaults(-1, 9)).label(0).id())
        .isEqualTo("procedural-ffffffffffffffff-0");
  }

  @Test
  void followsTheWeightsAndSpreadsTheDifficulties() {
    Map<ProceduralFamily, Double> weights =
        Map.of(ProceduralFamily.CHART, 3.0, ProceduralFamily.SCENE, 1.0);
    ProceduralSource weighted =
        new ProceduralSource(new ProceduralConfig(2, 8000, weights, 4, 0.08, 0.3, 320, 512));
    List<ProceduralLabel> labels = LongStream.range(0, 8000).mapToObj(weighted::label).toList();

    Map<ProceduralFamily, Long> families = counts(labels, ProceduralLabel::family);
    Map<Integer, Long> difficulties = counts(labels, ProceduralLabel::difficulty);

    assertThat(families).containsOnlyKeys(ProceduralFamily.CHART, ProceduralFamily.SCENE);
    assertThat(families.get(ProceduralFamily.CHART)).isCloseTo(6000, within(200L));
    assertThat(difficulties).containsOnlyKeys(1, 2, 3, 4);
    assertThat(difficulties.values()).allSatisfy(n -> assertThat(n).isBetween(1850L, 2150L));
  }

  private static <K> Map<K, Long> counts(
      List<ProceduralLabel> labels, Function<ProceduralLabel, K> key) {
    return labels.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
  }

  @Test
  void rejectsAnIndexBeyondTheRows() {
    ProceduralSource three = new ProceduralSource(ProceduralConfig.defaults(1, 3));

    assertThatThrownBy(() -> three.label(3))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("Index 3 out of bounds for length 3");
    assertThatThrownBy(() -> three.item(-1)).hasMessage("Index -1 out of bounds for length 3");
  }

  @Test
  void writesPicturesThatReadersOpenAtTheStatedSize() throws Exception {
    for (ProceduralFamily family : ProceduralFamily.values()) {
      for (int i = 0; i < 12; i++) {
        ProceduralItem item = only(family).item(i);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(item.png()));

        assertThat(image.getWidth()).isEqualTo(item.label().width()).isBetween(320, 512);
        assertThat(image.getHeight()).isEqualTo(item.label().height()).isBetween(320, 512);
        assertThat(item.png().length).isBetween(2_000, 90_000);
      }
    }
  }

  @Test
  void storesExactlyThePaintedPixels() throws Exception {
    Canvas canvas = new Canvas(300, 260);
    new Noise(canvas, Dice.of(1, 1, Dice.Purpose.PAINT)).paint();
    canvas.fill(new Rectangle(20, 30, 70, 40), Color.ORANGE);
    int[] painted = canvas.pixels().clone();

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(canvas.toPng()));

    int[] stored = read.getRGB(0, 0, 300, 260, null, 0, 300);
    for (int i = 0; i < painted.length; i++) {
      assertThat(stored[i] & 0xFFFFFF).isEqualTo(painted[i] & 0xFFFFFF);
    }
  }

  @Test
  void keepsAVeryLargeAndAVerySmallPictureInsideItsBounds() {
    for (int side : new int[] {256, 2048}) {
      ProceduralSource sized =
          new ProceduralSource(
              new ProceduralConfig(
                  3, 1000, ProceduralConfig.equalWeights(), 20, 0.5, 0.5, side, side));
      for (int i = 0; i < 10; i++) {
        assertThat(sized.item(i).label().width()).isEqualTo(side);
      }
    }
  }
}
