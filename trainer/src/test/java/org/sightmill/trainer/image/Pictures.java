package org.sightmill.trainer.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures and checksums of {@code src/test/resources/image}, made by make_image_fixtures.py.
 */
final class Pictures {
  private static final Path FOLDER = Path.of("src/test/resources/image");

  private Pictures() {}

  static List<String> lines(String file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file));
  }

  static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(file));
  }

  /** The generator's bytes: the same pictures on both sides without storing them. */
  static RgbPicture noise(long seed, ImageSize size) {
    byte[] rgb = new byte[(int) size.pixels() * RgbPicture.CHANNELS];
    long state = seed;
    for (int i = 0; i < rgb.length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      rgb[i] = (byte) (state >>> 56);
    }
    return RgbPicture.of(size, rgb);
  }

  static <T> T usable(ImageResult<T> result) {
    if (result instanceof ImageResult.Usable<T> usable) {
      return usable.value();
    }
    throw new AssertionError("expected a usable picture but got " + result);
  }

  static ImageFault fault(ImageResult<?> result) {
    if (result instanceof ImageResult.Unusable<?> unusable) {
      return unusable.fault();
    }
    throw new AssertionError("expected an unusable picture but got " + result);
  }
}
