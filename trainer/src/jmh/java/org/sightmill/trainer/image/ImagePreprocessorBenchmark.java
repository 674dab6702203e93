package org.sightmill.trainer.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Preprocessing of one picture with the pixel limit of R1-V (401,408). */
@State(Scope.Benchmark)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ImagePreprocessorBenchmark {
  /** Height x width. */
  @Param({"480x640", "1080x1920", "3000x4000"})
  public String size;

  private final ImagePreprocessor preprocessor =
      new ImagePreprocessor(ImageSettings.QWEN25_VL.withPixels(3136, 401_408));
  private RgbPicture picture;
  private byte[] jpeg;

  /** A smooth picture, so that the JPEG is of a usual size. */
  @Setup
  public void draw() throws IOException {
    int height = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int width = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, ((x * y) >> 6 & 0xff) << 16 | (x & 0xff) << 8 | (y & 0xff));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    jpeg = out.toByteArray();
    picture = RgbSamples.of(image);
  }

  /** Resizing, normalising and ordering of a decoded picture. */
  @Benchmark
  public Object prepare() {
    return preprocessor.prepare(picture);
  }

  /** The same from a JPEG. */
  @Benchmark
  public Object prepareJpeg() {
    return preprocessor.prepare(jpeg);
  }
}
