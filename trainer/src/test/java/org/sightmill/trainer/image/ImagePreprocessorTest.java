package org.sightmill.trainer.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePreprocessorTest {
  private final ImagePreprocessor preprocessor = new ImagePreprocessor(ImageSettings.QWEN25_VL);

  @TempDir Path folder;

  @Test
  void refusesAPictureThatIsTooElongated() {
    assertThat(preprocessor.target(new ImageSize(10, 2001)))
        .isEqualTo(
            ImageResult.unusable(
                ImageFault.TOO_ELONGATED, "10 x 2001 pixels: aspect ratio above 200"));
    assertThat(preprocessor.target(new ImageSize(10, 2000)))
        .isEqualTo(ImageResult.usable(new ImageSize(28, 812)));
  }

  @Test
  void everyTargetIsWithinTheLimitsAndDividesByTheFactor() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      ImageSize size = new ImageSize(1 + random.nextInt(3000), 1 + random.nextInt(3000));
      if (size.aspectRatio() <= 40) {
        ImageSize target = Pictures.usable(preprocessor.target(size));
        assertThat(target.height() % 28 + target.width() % 28).as("%s", size).isZero();
        assertThat(target.pixels()).as("%s", size).isBetween(3136L, 12_845_056L);
      }
    }
  }

  @Test
  void putsFourNeighbouringPatchesInFourConsecutiveRows() {
    // Patch (y, x) of a 56 x 84 picture is filled with the level 16 * y + x: no resizing.
    byte[] rgb = new byte[56 * 84 * 3];
    for (int i = 0; i < rgb.length; i++) {
      int y = i / (84 * 3);
      int x = i / 3 % 84;
      rgb[i] = (byte) (16 * (y / 14) + x / 14);
    }
    PixelValues pixels =
        Pictures.usable(preprocessor.prepare(RgbPicture.of(new ImageSize(56, 84), rgb)));
    int[] order = {0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 32, 33, 48, 49};
    for (int row = 0; row < order.length; row++) {
      float red = pixels.values()[row * 1176];
      assertThat(red)
          .isEqualTo(
              ((float) (order[row] * (1 / 255.0)) - (float) 0.48145466) / (float) 0.26862954);
    }
    assertThat(pixels.tokens()).isEqualTo(6);
    assertThat(pixels.gridThw()).containsExactly(1, 4, 6);
  }

  @Test
  void repeatsAStillPictureInBothFrames() {
    float[] values =
        Pictures.usable(preprocessor.prepare(Pictures.noise(3, new ImageSize(56, 56)))).values();
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < 196; i++) {
        assertThat(values[channel * 392 + i]).isEqualTo(values[channel * 392 + 196 + i]);
      }
    }
  }

  @Test
  void joinsTheSeveralPicturesOfABatch() {
    PixelValues wide = Pictures.usable(preprocessor.prepare(Pictures.noise(1, size(56, 84))));
    PixelValues tall = Pictures.usable(preprocessor.prepare(Pictures.noise(2, size(84, 56))));
    PixelBatch batch = PixelBatch.of(List.of(wide, tall));
    assertThat(batch.gridThw()).containsExactly(1, 4, 6, 1, 6, 4);
    assertThat(batch.values()).hasSize(48 * 1176);
    assertThat(batch.values()[24 * 1176]).isEqualTo(tall.values()[0]);
  }

  @Test
  void preparesAFileAndNamesAMissingOne() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), Pictures.bytes("rgb.png"));
    assertThat(Pictures.usable(preprocessor.prepare(file)).patches()).isEqualTo(24);
    Path missing = folder.resolve("b.png");
    assertThat(preprocessor.prepare(missing))
        .isEqualTo(
            ImageResult.unusable(
                ImageFault.UNREADABLE,
                "cannot read %s: java.nio.file.NoSuchFileException: %s",
                missing,
                missing));
  }

  private static ImageSize size(int height, int width) {
    return new ImageSize(height, width);
  }
}
