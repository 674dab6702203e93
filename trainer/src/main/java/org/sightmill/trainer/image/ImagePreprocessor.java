package org.sightmill.trainer.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pictures to pixel values. Immutable and safe for use by several threads.
 *
 * <p>Source: {@code Qwen2VLImageProcessor} of the reference with Pillow. Deviations: alpha is
 * flattened on white and EXIF orientation is honoured, both of which the reference leaves to its
 * callers.
 */
public final class ImagePreprocessor {
  /** Longer side over shorter side beyond which the reference refuses a picture. */
  public static final double MAX_ASPECT_RATIO = 200;

  private final ImageSettings settings;
  private final SmartResize smartResize;
  private final PatchEncoder encoder;

  /** A preprocessor with these settings. */
  public ImagePreprocessor(ImageSettings settings) {
    this.settings = settings;
    this.smartResize = new SmartResize(settings);
    this.encoder = new PatchEncoder(settings);
  }

  /** The settings given. */
  public ImageSettings settings() {
    return settings;
  }

  /** Reads, decodes and encodes a file. */
  public ImageResult<PixelValues> prepare(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      return ImageResult.unusable(ImageFault.UNREADABLE, "cannot read %s: %s", file, e);
    }
    return prepare(bytes);
  }

  /** Decodes and encodes a picture in any format that ImageIO knows. */
  public ImageResult<PixelValues> prepare(byte[] bytes) {
    return PictureDecoder.decode(bytes).then(this::prepare);
  }

  /** Encodes a decoded picture. */
  public ImageResult<PixelValues> prepare(RgbPicture picture) {
    return target(picture.size())
        .then(size -> ImageResult.usable(encoder.encode(BicubicResizer.resize(picture, size))));
  }

  /**
   * The size to which a picture is resized; times its sides, over {@link ImageSettings#factor}
   * squared, gives its tokens.
   */
  public ImageResult<ImageSize> target(ImageSize size) {
    if (size.aspectRatio() > MAX_ASPECT_RATIO) {
      return ImageResult.unusable(
          ImageFault.TOO_ELONGATED,
          "%d x %d pixels: aspect ratio above %.0f",
          size.height(),
          size.width(),
          MAX_ASPECT_RATIO);
    }
    return ImageResult.usable(smartResize.target(size));
  }
}
