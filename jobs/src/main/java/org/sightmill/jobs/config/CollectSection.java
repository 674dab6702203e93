package org.sightmill.jobs.config;

import java.util.List;
import org.sightmill.pipeline.collect.CollectConfig;
import org.sightmill.pipeline.collect.image.PictureCheck;
import org.sightmill.pipeline.collect.source.SourceConfig;

/**
 * What step 1 accepts; its sources stand at the top of the file. Null components take the defaults
 * of {@link CollectConfig}.
 *
 * @param maxFieldChars longest text of one field, in characters
 * @param maxImageBytes largest picture file
 * @param maxImagePixels most pixels a picture's header may declare
 * @param decode {@code header} checks the structure of pictures, {@code full} decodes each
 */
public record CollectSection(
    Integer maxFieldChars, Long maxImageBytes, Long maxImagePixels, PictureCheck.Decode decode) {

  /** Stands for the sources while the limits are checked. */
  private static final List<SourceConfig> ANY_SOURCE = List.of(SourceConfig.of("any", null, null));

  /** Fills in the defaults; the bounds are {@link CollectConfig}'s. */
  public CollectSection {
    maxFieldChars = maxFieldChars == null ? CollectConfig.DEFAULT_MAX_FIELD_CHARS : maxFieldChars;
    maxImageBytes = maxImageBytes == null ? CollectConfig.DEFAULT_MAX_IMAGE_BYTES : maxImageBytes;
    maxImagePixels =
        maxImagePixels == null ? CollectConfig.DEFAULT_MAX_IMAGE_PIXELS : maxImagePixels;
    decode = decode == null ? CollectConfig.DEFAULT_DECODE : decode;
    new CollectConfig(ANY_SOURCE, maxFieldChars, maxImageBytes, maxImagePixels, decode);
  }

  /** Every limit at its default. */
  public static CollectSection defaults() {
    return new CollectSection(null, null, null, null);
  }

  /** With sources, as the step takes it. */
  public CollectConfig with(List<SourceConfig> sources) {
    return new CollectConfig(sources, maxFieldChars, maxImageBytes, maxImagePixels, decode);
  }
}
