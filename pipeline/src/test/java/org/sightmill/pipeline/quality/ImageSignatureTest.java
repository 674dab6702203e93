package org.sightmill.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImageSignatureTest {
  private static ImageSignature signed(byte[] bytes) {
    return ImageSignature.of(bytes).orElseThrow();
  }

  @Test
  void sizeAndEncodingChangeLittle() {
    for (int seed = 0; seed < 40; seed++) {
      BufferedImage scene = TestScenes.scene(seed);
      ImageSignature original = signed(TestScenes.encoded(scene, "png"));
      ImageSignature smaller =
          signed(TestScenes.encoded(TestScenes.scaled(scene, 211, 160), "jpg"));
      assertThat(original.isLike(smaller, DuplicateImages.DEFAULT_DISTANCE))
          .as("scene %d: %d bits", seed, original.distance(smaller))
          .isTrue();
    }
  }

  @Test
  void scenesAreToldApart() {
    List<ImageSignature> all = new ArrayList<>();
    for (int seed = 0; seed < 120; seed++) {
      ImageSignature signature = ImageSignature.of(TestScenes.scene(seed));
      assertThat(all)
          .noneMatch(other -> other.isLike(signature, BenchmarkOverlap.DEFAULT_IMAGE_DISTANCE));
      all.add(signature);
    }
  }

  @Test
  void oneObjectMoreIsAnotherPicture() {
    BufferedImage scene = TestScenes.scene(1);
    ImageSignature before = ImageSignature.of(scene);
    Graphics2D graphics = scene.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillOval(10, 10, 40, 40);
    graphics.dispose();
    assertThat(before.isLike(ImageSignature.of(scene), 128)).isFalse();
  }

  @Test
  void transparencyIsWhiteAndSmallPicturesHaveASignatureToo() {
    BufferedImage clear = new BufferedImage(5, 3, BufferedImage.TYPE_INT_ARGB);
    assertThat(signed(TestScenes.encoded(clear, "png")).grey()).containsOnly((byte) 255);
    BufferedImage half = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    half.getRaster().setSample(0, 0, 0, 200);
    ImageSignature signature = signed(TestScenes.encoded(half, "png"));
    assertThat(Long.bitCount(signature.rows()))
        .as("two falls in each line: the middle is in both")
        .isEqualTo(16);
    assertThat(signature.columns()).isZero();
  }

  @Test
  void whatDoesNotDecodeHasNone() {
    assertThat(ImageSignature.of("no picture".getBytes(StandardCharsets.UTF_8))).isEmpty();
    byte[] png = TestScenes.encoded(TestScenes.scene(3), "png");
    assertThat(ImageSignature.of(java.util.Arrays.copyOf(png, 60))).isEmpty();
  }
}
