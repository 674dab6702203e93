package org.sightmill.pipeline.collect;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.collect.image.PictureCheck;
import org.sightmill.pipeline.collect.source.SourceConfig;

/**
 * What step 1 reads and accepts. Null components take their defaults.
 *
 * @param sources at least one, with different names
 * @param maxFieldChars longest text of one field, in characters
 * @param maxImageBytes largest picture file
 * @param maxImagePixels most pixels a picture's header may declare
 * @param decode whether every picture is decoded, or its structure checked only
 */
public record CollectConfig(
    List<SourceConfig> sources,
    Integer maxFieldChars,
    Long maxImageBytes,
    Long maxImagePixels,
    PictureCheck.Decode decode)
    implements Serializable {
  /** 1 MiB of characters: longer than any trace a model writes. */
  public static final int DEFAULT_MAX_FIELD_CHARS = 1 << 20;

  /** 64 MiB, held in memory once a task. */
  public static final long DEFAULT_MAX_IMAGE_BYTES = 64L << 20;

  /** 64 Mi pixels, 8,192 x 8,192: 256 MiB when decoded. */
  public static final long DEFAULT_MAX_IMAGE_PIXELS = 64L << 20;

  /** Structure only: decoding costs about a hundred times as much. */
  public static final PictureCheck.Decode DEFAULT_DECODE = PictureCheck.Decode.HEADER;

  /** Fills in the defaults and checks every value. */
  public CollectConfig {
    sources = sources == null ? List.of() : List.copyOf(sources);
    maxFieldChars = maxFieldChars == null ? DEFAULT_MAX_FIELD_CHARS : maxFieldChars;
    maxImageBytes = maxImageBytes == null ? DEFAULT_MAX_IMAGE_BYTES : maxImageBytes;
    maxImagePixels = maxImagePixels == null ? DEFAULT_MAX_IMAGE_PIXELS : maxImagePixels;
    decode = decode == null ? DEFAULT_DECODE : decode;
    Checks checks =
        new Checks()
            .that(!sources.isEmpty(), "sources must name at least one source")
            .atLeast(1, "max_field_chars", maxFieldChars)
            .atLeast(1, "max_image_bytes", maxImageBytes)
            .that(
                maxImageBytes < Integer.MAX_VALUE,
                "max_image_bytes must be below 2 GiB but was " + maxImageBytes)
            .atLeast(1, "max_image_pixels", maxImagePixels);
    Set<String> names = new HashSet<>();
    sources.forEach(
        source ->
            checks.that(
                names.add(source.name()),
                "sources: the name '%s' is given twice".formatted(source.name())));
    checks.orThrow();
  }

  /** These limits over other sources. */
  public CollectConfig with(List<SourceConfig> others) {
    return new CollectConfig(others, maxFieldChars, maxImageBytes, maxImagePixels, decode);
  }

  /** These sources, and every limit at its default. */
  public static CollectConfig of(List<SourceConfig> sources) {
    return new CollectConfig(sources, null, null, null, null);
  }
}
