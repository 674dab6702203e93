package org.sightmill.trainer.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code preprocessor_config.json}. */
final class ImageSettingsFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double RESCALE = 1 / 255.0;

  private final JsonNode root;

  private ImageSettingsFile(JsonNode root) {
    this.root = root;
  }

  static ImageSettings read(Path file) throws IOException {
    try {
      return new ImageSettingsFile(JSON.readTree(file.toFile())).settings();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("[%s] %s".formatted(file, e.getMessage()), e);
    }
  }

  private ImageSettings settings() {
    refuseOtherRescaling();
    return new ImageSettings(
        (int) number("patch_size"),
        (int) number("temporal_patch_size"),
        (int) number("merge_size"),
        limit("min_pixels", "shortest_edge"),
        limit("max_pixels", "longest_edge"),
        channels("image_mean"),
        channels("image_std"));
  }

  private void refuseOtherRescaling() {
    double factor = root.path("rescale_factor").asDouble(RESCALE);
    if (Math.abs(factor - RESCALE) > 1e-12) {
      throw new IllegalArgumentException("rescale_factor must be 1/255 but was " + factor);
    }
  }

  /** The old name wins where both stand, as in the reference. */
  private long limit(String name, String edge) {
    JsonNode size = root.path("size").path(edge);
    return root.hasNonNull(name) || !size.isNumber() ? number(name) : size.asLong();
  }

  private long number(String name) {
    JsonNode value = root.path(name);
    if (!value.canConvertToLong()) {
      throw new IllegalArgumentException(name + " is missing or no whole number");
    }
    return value.asLong();
  }

  private ChannelValues channels(String name) {
    List<Double> values = new ArrayList<>();
    root.path(name).forEach(value -> values.add(value.asDouble()));
    try {
      return ChannelValues.of(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }
}
