package org.sightmill.pipeline.collect.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightmill.pipeline.collect.TestPictures;
import org.sightmill.pipeline.reject.RejectReason;

final class PictureCheckTest {
  private final PictureCheck header = new PictureCheck(1_000_000, PictureCheck.Decode.HEADER);
  private final PictureCheck full = new PictureCheck(1_000_000, PictureCheck.Decode.FULL);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void readsSizesFromHeaders(String format) throws Exception {
    byte[] bytes =
        TestPictures.encoded(TestPictures.drawn(37, 23, BufferedImage.TYPE_3BYTE_BGR), format);
    PictureCheck.Picture picture = full.check(bytes);
    assertThat(picture.bytes()).isSameAs(bytes);
    assertThat(picture.header())
        .isEqualTo(
            new ImageHeader(
                ImageFormat.valueOf(
                    format.equals("jpg") ? "JPEG" : format.toUpperCase(java.util.Locale.ROOT)),
                37,
                23,
                1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void noPrefixOfAPicturePassesForTheWhole(String format) {
    byte[] bytes =
        TestPictures.encoded(TestPictures.drawn(37, 23, BufferedImage.TYPE_3BYTE_BGR), format);
    // A JPEG is whole with its last two bytes; the others may do without their very last.
    for (int length = 0; length < bytes.length - 1; length++) {
      byte[] cut = TestPictures.cut(bytes, length);
      assertThatThrownBy(() -> header.check(cut)).isInstanceOf(ImageFault.class);
    }
  }

  @Test
  void anyBytesAreAPictureOrAFault() {
    Random random = new Random(3);
    byte[][] seeds = {TestPictures.png(20, 20), TestPictures.jpeg(20, 20)};
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = seeds[i % seeds.length].clone();
      for (int j = 0; j < 4; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(header.check(bytes).header().pixels()).isPositive();
      } catch (ImageFault e) {
        assertThat(e.reject().detail()).isNotBlank();
      }
    }
  }

  @Test
  void recognisesFormatsThatItDoesNotRead() {
    assertThatThrownBy(() -> header.check("RIFF0000WEBPVP8 ".getBytes("ISO-8859-1")))
        .hasMessage("WebP is not read; convert it to PNG or JPEG");
    assertThatThrownBy(() -> header.check("hello, world".getBytes("ISO-8859-1")))
        .isInstanceOfSatisfying(
            ImageFault.class,
            fault -> assertThat(fault.reject().reason()).isEqualTo(RejectReason.IMAGE_NOT_AN_IMAGE))
        .hasMessage("12 bytes that begin with 68 65 6c 6c 6f 2c 20 77");
  }

  @Test
  void aBombIsRefusedByItsHeader() {
    assertThatThrownBy(() -> full.check(TestPictures.pngClaiming(60_000, 60_000)))
        .hasMessage("60000 x 60000 pixels, and max_image_pixels is 1000000");
  }

  @Test
  void fullDecodingFindsWhatTheStructureHides() throws Exception {
    byte[] png = TestPictures.png(64, 64);
    for (int i = 60; i < 80; i++) {
      png[i] ^= 0x55;
    }
    assertThat(header.check(png).header().width()).isEqualTo(64);
    assertThatThrownBy(() -> full.check(png))
        .isInstanceOfSatisfying(
            ImageFault.class,
            fault -> assertThat(fault.reject().reason()).isEqualTo(RejectReason.IMAGE_UNDECODABLE))
        .hasMessageStartingWith("PNG: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void turnsPicturesUpright(int orientation) throws Exception {
    // Red in the stored picture's upper left; where EXIF says it is seen, per the standard.
    byte[] stored = TestPictures.withOrientation(TestPictures.jpeg(64, 32), orientation);
    PictureCheck.Picture picture = header.check(stored);
    boolean swapped = orientation >= 5;
    assertThat(picture.header())
        .isEqualTo(new ImageHeader(ImageFormat.JPEG, swapped ? 32 : 64, swapped ? 64 : 32, 1));
    BufferedImage upright = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
    boolean right = Stream.of(2, 3, 6, 7).anyMatch(o -> o == orientation);
    boolean bottom = Stream.of(3, 4, 7, 8).anyMatch(o -> o == orientation);
    int x = right ? upright.getWidth() - 5 : 4;
    int y = bottom ? upright.getHeight() - 5 : 4;
    assertThat(new Color(upright.getRGB(x, y)).getRed()).isGreaterThan(200);
    assertThat(new Color(upright.getRGB(upright.getWidth() - 1 - x, y)).getRed()).isLessThan(60);
  }

  @Test
  void storesEachPictureOnceUnderItsHashAndLeavesNothingElse() throws Exception {
    ImageStore store =
        new ImageStore(new org.apache.hadoop.fs.Path(folder.toString()), new Configuration());
    byte[] bytes = TestPictures.png(8, 8);
    String sha256 = ImageStore.sha256(bytes);
    Stream.generate(() -> 0)
        .limit(64)
        .parallel()
        .forEach(
            unused -> {
              try {
                store.put(sha256, ImageFormat.PNG, bytes);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactly(folder.resolve(sha256.substring(0, 2)).resolve(sha256 + ".png"));
    }
  }
}
