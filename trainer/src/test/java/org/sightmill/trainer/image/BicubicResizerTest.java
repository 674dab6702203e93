package org.sightmill.trainer.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class BicubicResizerTest {

  @Test
  void equalsPillowBitForBitOnNoiseOfManySizes() throws IOException {
    for (String line : Pictures.lines("bicubic.txt")) {
      long[] c = Stream.of(line.split(" ")).mapToLong(Long::parseLong).toArray();
      RgbPicture source = Pictures.noise(c[0], new ImageSize((int) c[1], (int) c[2]));
      ImageSize target = new ImageSize((int) c[3], (int) c[4]);
      CRC32 crc = new CRC32();
      crc.update(BicubicResizer.resize(source, target).rgb());
      assertThat(crc.getValue()).as(line).isEqualTo(c[5]);
    }
  }

  @Test
  void keepsAPictureOfTheTargetSizeAsItIs() {
    RgbPicture source = Pictures.noise(5, new ImageSize(28, 56));
    assertThat(BicubicResizer.resize(source, source.size())).isSameAs(source);
  }

  @Test
  void keepsAFlatPictureFlat() {
    LongStream.of(0, 1, 127, 255)
        .forEach(
            level -> {
              byte[] rgb = new byte[13 * 17 * 3];
              java.util.Arrays.fill(rgb, (byte) level);
              RgbPicture flat = RgbPicture.of(new ImageSize(13, 17), rgb);
              assertThat(BicubicResizer.resize(flat, new ImageSize(28, 56)).rgb())
                  .containsOnly((byte) level);
            });
  }
}
