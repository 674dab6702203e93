package org.sightmill.trainer.generate;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.image.ChannelValues;
import org.sightmill.trainer.image.ImageSettings;
import org.sightmill.trainer.model.TinyModel;
import org.sightmill.trainer.token.ByteTokenizer;

/**
 * Writes a whole Hugging Face folder of a tiny model: a {@link TinyModel} over bytes, with
 * tokenizer and preprocessing, so that everything that takes a model can be tried. The same seed
 * gives the same bytes.
 */
public final class TinyFolder {
  private static final int WIDTH = 128;
  private static final int LAYERS = 2;

  /** Pictures stay below 256 tokens. */
  private static final long MAX_PIXELS = 256L * 28 * 28;

  private TinyFolder() {}

  /** Fills a new or empty folder. */
  public static void write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    try (Scope scope = Scope.on(Device.cpu())) {
      new TinyModel(ByteTokenizer.SIZE, WIDTH, LAYERS).write(scope, folder, seed);
    }
    ByteTokenizer.write(folder.resolve("tokenizer.json"));
    ObjectMapper json = new ObjectMapper();
    json.writerWithDefaultPrettyPrinter()
        .writeValue(
            folder.resolve("preprocessor_config.json").toFile(),
            preprocessing(json.createObjectNode()));
  }

  private static ObjectNode preprocessing(ObjectNode root) {
    ImageSettings published = ImageSettings.QWEN25_VL.withPixels(4L * 28 * 28, MAX_PIXELS);
    root.put("image_processor_type", "Qwen2VLImageProcessor");
    root.put("patch_size", published.patchPixels());
    root.put("temporal_patch_size", published.temporalFrames());
    root.put("merge_size", published.mergePatches());
    root.put("min_pixels", published.minPixels()).put("max_pixels", published.maxPixels());
    put(root, "image_mean", published.mean());
    put(root, "image_std", published.deviation());
    return root;
  }

  private static void put(ObjectNode root, String name, ChannelValues values) {
    root.putArray(name).add(values.red()).add(values.green()).add(values.blue());
  }
}
