package org.sightmill.pipeline.teacher;

import java.io.Serializable;
import org.sightmill.pipeline.check.Checks;

/**
 * What pictures may be sent as. A JPEG or PNG within both limits goes as it is; any other picture
 * is scaled down and encoded as JPEG. Part of a request's identity.
 *
 * @param maxPixels width times height; null means {@value #DEFAULT_MAX_PIXELS}
 * @param maxBytes of the encoded picture; null means {@value #DEFAULT_MAX_BYTES}
 */
public record PictureConfig(Integer maxPixels, Integer maxBytes) implements Serializable {
  /** 1,448 x 1,448: small print stays legible. */
  public static final int DEFAULT_MAX_PIXELS = 1 << 21;

  /** What servers take without being told to; base64 adds a third. */
  public static final int DEFAULT_MAX_BYTES = 4 << 20;

  private static final int MIN_PIXELS = 28 * 28;
  private static final int MIN_BYTES = 16 << 10;

  /** The defaults. */
  public static final PictureConfig STANDARD = new PictureConfig(null, null);

  /** Fills in the defaults and checks the bounds. */
  public PictureConfig {
    maxPixels = maxPixels == null ? DEFAULT_MAX_PIXELS : maxPixels;
    maxBytes = maxBytes == null ? DEFAULT_MAX_BYTES : maxBytes;
    new Checks()
        .atLeast(MIN_PIXELS, "max_pixels", maxPixels)
        .atLeast(MIN_BYTES, "max_bytes", maxBytes)
        .orThrow();
  }

  /** The transform by name and numbers, for a request's identity. */
  public String transform() {
    return "fit-1 max_pixels=%d max_bytes=%d".formatted(maxPixels, maxBytes);
  }
}
