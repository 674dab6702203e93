package org.sightmill.trainer.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PictureDecoderTest {
  /** JPEG decoders may round their inverse transform and colour conversion differently. */
  private static final int JPEG_LEVELS = 3;

  @TestFactory
  Stream<DynamicTest> decodesToTheUprightRgbThatPillowGives() throws IOException {
    return Pictures.lines("pictures.txt").stream()
        .map(line -> line.split(" "))
        .map(c -> DynamicTest.dynamicTest(c[0], () -> check(c)));
  }

  private static void check(String[] c) throws IOException {
    RgbPicture picture = Pictures.usable(PictureDecoder.decode(Pictures.bytes(c[0])));
    assertThat(picture.size())
        .isEqualTo(new ImageSize(Integer.parseInt(c[1]), Integer.parseInt(c[2])));
    byte[] expected = Pictures.bytes(c[0] + ".u8");
    int tolerance = c[0].endsWith(".jpg") ? JPEG_LEVELS : 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs((picture.rgb()[i] & 0xff) - (expected[i] & 0xff)))
          .as("byte %d", i)
          .isLessThanOrEqualTo(tolerance);
    }
  }

  @Test
  void namesTheFaultOfBytesThatAreNoPicture() {
    assertThat(Pictures.fault(PictureDecoder.decode(new byte[0]))).isEqualTo(ImageFault.EMPTY);
    assertThat(Pictures.fault(PictureDecoder.decode("<svg/>".getBytes(US_ASCII))))
        .isEqualTo(ImageFault.UNKNOWN_FORMAT);
  }

  @Test
  void countsFaultsByCodesThatNeverChange() {
    assertThat(ImageFault.values())
        .extracting(ImageFault::code)
        .containsExactly(
            "IMAGE_MISSING",
            "IMAGE_EMPTY",
            "IMAGE_NOT_AN_IMAGE",
            "IMAGE_UNDECODABLE",
            "IMAGE_TRUNCATED",
            "IMAGE_UNSUPPORTED",
            "IMAGE_TOO_LARGE",
            "IMAGE_TOO_ELONGATED");
  }

  @Test
  void refusesATruncatedPictureInEveryFormat() throws IOException {
    for (String line : Pictures.lines("pictures.txt")) {
      byte[] bytes = Pictures.bytes(line.split(" ")[0]);
      ImageResult<RgbPicture> result =
          PictureDecoder.decode(Arrays.copyOf(bytes, bytes.length / 2));
      assertThat(Pictures.fault(result))
          .as(line)
          .isIn(ImageFault.TRUNCATED, ImageFault.CORRUPT, ImageFault.UNSUPPORTED);
    }
  }

  @Test
  void callsAJpegWithoutItsEndTruncated() throws IOException {
    byte[] bytes = Pictures.bytes("rgb.jpg");
    assertThat(Pictures.fault(PictureDecoder.decode(Arrays.copyOf(bytes, bytes.length - 40))))
        .isEqualTo(ImageFault.TRUNCATED);
  }

  @Test
  void refusesAHeaderOfTooManyPixelsBeforeDecoding() throws IOException {
    byte[] bytes = Pictures.bytes("rgb.png");
    ByteBuffer.wrap(bytes).putInt(16, 20_000).putInt(20, 5_000);
    assertThat(PictureDecoder.decode(bytes))
        .isEqualTo(
            ImageResult.unusable(
                ImageFault.TOO_MANY_PIXELS, "5000 x 20000 pixels are more than 89478485"));
  }

  @Test
  void refusesATiffWhoseWideSamplesWouldFillTheHeap() throws IOException {
    byte[] bytes = Pictures.bytes("grey16.tif");
    int entry = indexOf(bytes, new byte[] {2, 1, 3, 0, 1, 0, 0, 0, 16, 0});
    bytes[entry + 8] = 30;
    assertThat(PictureDecoder.decode(bytes))
        .isEqualTo(
            ImageResult.unusable(
                ImageFault.UNSUPPORTED, "1 samples a pixel, the first of 30 bits"));
  }

  @Test
  void refusesATiffOfTooManySamplesAPixel() throws IOException {
    byte[] bytes = Pictures.bytes("rgba.tif");
    bytes[indexOf(bytes, new byte[] {21, 1, 3, 0, 1, 0, 0, 0, 4, 0}) + 8] = (byte) 208;
    assertThat(PictureDecoder.decode(bytes))
        .isEqualTo(
            ImageResult.unusable(
                ImageFault.UNSUPPORTED, "208 samples a pixel, the first of 8 bits"));
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    return IntStream.range(0, bytes.length - part.length)
        .filter(i -> Arrays.equals(bytes, i, i + part.length, part, 0, part.length))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void neverThrowsOnMutatedPictures() throws IOException {
    Random random = new Random(20261122);
    for (String line : Pictures.lines("pictures.txt")) {
      byte[] bytes = Pictures.bytes(line.split(" ")[0]);
      for (int i = 0; i < 60; i++) {
        assertThat(PictureDecoder.decode(mutated(bytes, random))).as(line).isNotNull();
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] copy = bytes.clone();
    for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length)) : copy;
  }
}
