package org.sightmill.trainer.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Samples of a decoded image to RGB, without ImageIO's colour conversion: that one treats grey as
 * linear light and brightens it.
 */
final class RgbSamples {
  private final BufferedImage image;
  private final ImageSize size;
  private final byte[] rgb;

  private RgbSamples(BufferedImage image) {
    this.image = image;
    this.size = new ImageSize(image.getHeight(), image.getWidth());
    this.rgb = new byte[Math.toIntExact(size.pixels() * RgbPicture.CHANNELS)];
  }

  static RgbPicture of(BufferedImage image) {
    RgbSamples samples = new RgbSamples(image);
    samples.copy();
    return RgbPicture.of(samples.size, samples.rgb);
  }

  private void copy() {
    ColorModel model = image.getColorModel();
    PixelForm form = PixelForm.of(model);
    if (model instanceof IndexColorModel palette && palette.getPixelSize() <= Byte.SIZE) {
      copyPalette(palette);
    } else if (form == PixelForm.OTHER || !hasWholeBytes(model)) {
      copyConverted();
    } else if (model.getTransferType() == DataBuffer.TYPE_BYTE) {
      copyBytes(form);
    } else {
      copyShorts(form);
    }
  }

  private static boolean hasWholeBytes(ColorModel model) {
    int bits =
        model.getTransferType() == DataBuffer.TYPE_BYTE
            ? Byte.SIZE
            : model.getTransferType() == DataBuffer.TYPE_USHORT ? Short.SIZE : 0;
    boolean whole = model instanceof ComponentColorModel;
    for (int i = 0; i < model.getNumComponents(); i++) {
      whole &= model.getComponentSize(i) == bits;
    }
    return whole;
  }

  private void copyPalette(IndexColorModel palette) {
    int[] argb = new int[1 << Byte.SIZE];
    palette.getRGBs(argb);
    Raster raster = image.getRaster();
    byte[] row = new byte[size.width()];
    int[] colors = new int[size.width()];
    for (int y = 0; y < size.height(); y++) {
      raster.getDataElements(0, y, row.length, 1, row);
      for (int x = 0; x < row.length; x++) {
        colors[x] = argb[row[x] & 0xff];
      }
      putArgb(colors, y);
    }
  }

  private void copyConverted() {
    int[] row = new int[size.width()];
    for (int y = 0; y < size.height(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      putArgb(row, y);
    }
  }

  private void putArgb(int[] row, int y) {
    int at = y * row.length * RgbPicture.CHANNELS;
    for (int argb : row) {
      int alpha = argb >>> 24;
      rgb[at++] = PixelForm.onWhite((argb >> 16) & 0xff, alpha);
      rgb[at++] = PixelForm.onWhite((argb >> 8) & 0xff, alpha);
      rgb[at++] = PixelForm.onWhite(argb & 0xff, alpha);
    }
  }

  private void copyBytes(PixelForm form) {
    Raster raster = image.getRaster();
    byte[] row = new byte[size.width() * raster.getNumBands()];
    for (int y = 0; y < size.height(); y++) {
      raster.getDataElements(0, y, size.width(), 1, row);
      form.put(row, rgb, y * size.width() * RgbPicture.CHANNELS, size.width());
    }
  }

  private void copyShorts(PixelForm form) {
    Raster raster = image.getRaster();
    short[] row = new short[size.width() * raster.getNumBands()];
    byte[] high = new byte[row.length];
    for (int y = 0; y < size.height(); y++) {
      raster.getDataElements(0, y, size.width(), 1, row);
      for (int i = 0; i < row.length; i++) {
        high[i] = (byte) (row[i] >> Byte.SIZE);
      }
      form.put(high, rgb, y * size.width() * RgbPicture.CHANNELS, size.width());
    }
  }

  /** What the 8 bit samples of a pixel mean. */
  private enum PixelForm {
    GREY {
      @Override
      void put(byte[] row, byte[] rgb, int start, int pixels) {
        for (int i = 0, at = start; i < pixels; i++, at += 3) {
          rgb[at] = row[i];
          rgb[at + 1] = row[i];
          rgb[at + 2] = row[i];
        }
      }
    },
    GREY_ALPHA {
      @Override
      void put(byte[] row, byte[] rgb, int start, int pixels) {
        for (int i = 0, at = start; i < pixels; i++, at += 3) {
          byte grey = onWhite(row[2 * i] & 0xff, row[2 * i + 1] & 0xff);
          rgb[at] = grey;
          rgb[at + 1] = grey;
          rgb[at + 2] = grey;
        }
      }
    },
    RGB {
      @Override
      void put(byte[] row, byte[] rgb, int start, int pixels) {
        System.arraycopy(row, 0, rgb, start, pixels * 3);
      }
    },
    RGB_ALPHA {
      @Override
      void put(byte[] row, byte[] rgb, int start, int pixels) {
        for (int i = 0, at = start; i < pixels * 4; i += 4, at += 3) {
          int alpha = row[i + 3] & 0xff;
          rgb[at] = onWhite(row[i] & 0xff, alpha);
          rgb[at + 1] = onWhite(row[i + 1] & 0xff, alpha);
          rgb[at + 2] = onWhite(row[i + 2] & 0xff, alpha);
        }
      }
    },
    CMYK {
      @Override
      void put(byte[] row, byte[] rgb, int start, int pixels) {
        for (int i = 0, at = start; i < pixels * 4; i += 4, at += 3) {
          int light = 255 - (row[i + 3] & 0xff);
          rgb[at] = inked(row[i] & 0xff, light);
          rgb[at + 1] = inked(row[i + 1] & 0xff, light);
          rgb[at + 2] = inked(row[i + 2] & 0xff, light);
        }
      }
    },
    /** Whatever else: left to the colour model. */
    OTHER {
      @Override
      void put(byte[] row, byte[] rgb, int start, int pixels) {
        throw new IllegalStateException("samples of this form are not copied one by one");
      }
    };

    abstract void put(byte[] row, byte[] rgb, int start, int pixels);

    static PixelForm of(ColorModel model) {
      if (model.hasAlpha() && model.isAlphaPremultiplied()) {
        return OTHER;
      }
      return switch (model.getColorSpace().getType()) {
        case ColorSpace.TYPE_GRAY -> model.hasAlpha() ? GREY_ALPHA : GREY;
        case ColorSpace.TYPE_RGB -> model.hasAlpha() ? RGB_ALPHA : RGB;
        case ColorSpace.TYPE_CMYK -> model.hasAlpha() ? OTHER : CMYK;
        default -> OTHER;
      };
    }

    /** A sample over white, rounded as Pillow's paste does. */
    static byte onWhite(int sample, int alpha) {
      return (byte) dividedBy255(255 * (255 - alpha) + sample * alpha);
    }

    private static byte inked(int ink, int light) {
      return (byte) (light - dividedBy255(ink * light));
    }

    /** The nearest integer to {@code product / 255}, for products up to 255 squared. */
    private static int dividedBy255(int product) {
      int half = product + 128;
      return ((half >> 8) + half) >> 8;
    }
  }
}
