package org.sightmill.trainer.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Any picture that ImageIO knows (in the JDK: JPEG, PNG, GIF, BMP, WBMP, TIFF; more by its service
 * providers) to upright 8 bit RGB. Of several frames the first is taken, with its own rectangle.
 *
 * <p>Samples are taken as they stand, as Pillow takes them: embedded colour profiles and gamma are
 * not applied, 16 bit samples lose their low byte (wider ones are not supported), grey is copied to
 * three channels, CMYK becomes RGB by the plain formula. Alpha is flattened on white.
 */
public final class PictureDecoder {
  /** Above this a picture is refused unread: 89,478,485, where Pillow begins to warn. */
  public static final long MAX_SOURCE_PIXELS = 1024L * 1024 * 1024 / 4 / 3;

  /** CMYK and alpha. */
  private static final int MAX_SAMPLES = 5;

  private PictureDecoder() {}

  /** Decodes a picture; bad bytes are an unusable result, never an exception. */
  public static ImageResult<RgbPicture> decode(byte[] bytes) {
    if (bytes.length == 0) {
      return ImageResult.unusable(ImageFault.EMPTY, "the picture has no bytes");
    }
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      return readers.hasNext()
          ? decode(readers.next(), input, bytes)
          : ImageResult.unusable(
              ImageFault.UNKNOWN_FORMAT, "no reader for a picture of %d bytes", bytes.length);
    } catch (IOException e) {
      return ImageResult.unusable(ImageFault.CORRUPT, "%s", e);
    }
  }

  private static ImageResult<RgbPicture> decode(
      ImageReader reader, ImageInputStream input, byte[] bytes) {
    try {
      reader.setInput(input, true, false);
      return decodeWithin(reader, bytes);
    } catch (IOException e) {
      return ImageResult.unusable(faultOf(e), "%s", e);
    } catch (RuntimeException e) {
      // ImageIO's readers meet broken headers with whatever their arithmetic throws.
      return ImageResult.unusable(ImageFault.CORRUPT, "%s", e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageResult<RgbPicture> decodeWithin(ImageReader reader, byte[] bytes)
      throws IOException {
    ImageSize size = new ImageSize(reader.getHeight(0), reader.getWidth(0));
    if (size.pixels() > MAX_SOURCE_PIXELS) {
      return ImageResult.unusable(
          ImageFault.TOO_MANY_PIXELS,
          "%d x %d pixels are more than %d",
          size.height(),
          size.width(),
          MAX_SOURCE_PIXELS);
    }
    Optional<String> form = unsupportedForm(reader);
    if (form.isPresent()) {
      return ImageResult.unusable(ImageFault.UNSUPPORTED, "%s", form.get());
    }
    PixelDataWarnings warnings = new PixelDataWarnings();
    reader.addIIOReadWarningListener(warnings);
    BufferedImage image = reader.read(0, unconverted(reader));
    if (warnings.truncation().isPresent()) {
      return ImageResult.unusable(ImageFault.TRUNCATED, "%s", warnings.truncation().get());
    }
    RgbPicture picture = RgbSamples.of(image);
    return ImageResult.usable(ExifOrientation.of(bytes).upright(picture));
  }

  /** A pixel's form beyond what is decoded. A broken TIFF could fill the heap by it. */
  private static Optional<String> unsupportedForm(ImageReader reader) throws IOException {
    ImageTypeSpecifier type = reader.getRawImageType(0);
    if (type == null) {
      return Optional.empty();
    }
    int[] bits = type.getColorModel().getComponentSize();
    return bits.length > MAX_SAMPLES || IntStream.of(bits).anyMatch(size -> size > Short.SIZE)
        ? Optional.of("%d samples a pixel, the first of %d bits".formatted(bits.length, bits[0]))
        : Optional.empty();
  }

  /** Keeps the JPEG reader from converting through an embedded profile, which Pillow ignores. */
  private static ImageReadParam unconverted(ImageReader reader) throws IOException {
    ImageReadParam param = reader.getDefaultReadParam();
    for (Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0); types.hasNext(); ) {
      ImageTypeSpecifier type = types.next();
      ColorSpace space = type.getColorModel().getColorSpace();
      if (space.getType() == ColorSpace.TYPE_RGB && !space.isCS_sRGB()) {
        param.setDestinationType(type);
      }
    }
    return param;
  }

  private static ImageFault faultOf(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return ImageFault.TRUNCATED;
      }
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("unsupported") ? ImageFault.UNSUPPORTED : ImageFault.CORRUPT;
  }
}
