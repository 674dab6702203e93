package org.sightmill.trainer.image;

import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Listens for truncation, which the JPEG reader only warns of while it fills the rest with grey.
 * Other warnings are of pictures that Pillow decodes as well.
 */
final class PixelDataWarnings implements IIOReadWarningListener {
  private String truncation;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    if (text.contains("premature end") || text.contains("truncated")) {
      truncation = warning;
    }
  }

  /** The last warning that says that pixel data is missing. */
  Optional<String> truncation() {
    return Optional.ofNullable(truncation);
  }
}
