package org.sightmill.trainer.data;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.image.ChannelValues;
import org.sightmill.trainer.image.ImageSettings;
import org.sightmill.trainer.model.InitialScale;
import org.sightmill.trainer.model.TinyModel;
import org.sightmill.trainer.token.ByteTokenizer;
import org.sightmill.trainer.token.MergeLearner;
import org.sightmill.trainer.token.Tokenizer;
import org.sightmill.trainer.token.VisionTokens;

/**
 * A whole folder of a tiny model with random weights: configuration, weights, tokenizer, picture
 * settings. What pre-training starts from.
 *
 * @param hidden width, a multiple of 64
 * @param layers of the decoder
 * @param maxPixels larger pictures are shrunk
 * @param seed of the weights
 * @param scale of the weights
 */
public record TinyBase(int hidden, int layers, long maxPixels, long seed, InitialScale scale) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Sizes up to this many ids the vocabulary is padded to. */
  private static final int VOCABULARY_MULTIPLE = 16;

  /** A model initialised as the reference does. */
  public TinyBase(int hidden, int layers, long maxPixels, long seed) {
    this(hidden, layers, maxPixels, seed, InitialScale.REFERENCE);
  }

  /**
   * Writes the folder.
   *
   * @param tokenizer a {@code tokenizer.json} to bring along
   */
  public void write(Scope scope, Path tokenizer, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path copy = folder.resolve("tokenizer.json");
    if (!copy.equals(tokenizer)) {
      Files.write(copy, Files.readAllBytes(tokenizer));
    }
    Tokenizer loaded = Tokenizer.load(copy);
    int vocabulary =
        (loaded.size() + VOCABULARY_MULTIPLE - 1) / VOCABULARY_MULTIPLE * VOCABULARY_MULTIPLE;
    new TinyModel(vocabulary, hidden, layers, scale).write(scope, folder, seed);
    writeVisionIds(VisionTokens.of(loaded), folder.resolve("config.json"));
    writePictureSettings(folder.resolve("preprocessor_config.json"));
  }

  /** Writes the folder, on the processor, with a tokenizer that merges what is frequent. */
  public void write(MergeLearner text, int merges, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path tokenizer = folder.resolve("tokenizer.json");
    ByteTokenizer.write(tokenizer, text.merges(merges));
    try (Scope scope = Scope.on(Device.cpu())) {
      write(scope, tokenizer, folder);
    }
  }

  /** The tokenizer's own ids in the place of the last four. */
  private static void writeVisionIds(VisionTokens ids, Path file) throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    config.put("image_token_id", ids.imagePad()).put("video_token_id", ids.videoPad());
    config.put("vision_start_token_id", ids.visionStart());
    config.put("vision_end_token_id", ids.visionEnd());
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), config);
  }

  private void writePictureSettings(Path file) throws IOException {
    ImageSettings qwen = ImageSettings.QWEN25_VL;
    ObjectNode settings = JSON.createObjectNode();
    settings.put("patch_size", qwen.patchPixels()).put("merge_size", qwen.mergePatches());
    settings.put("temporal_patch_size", qwen.temporalFrames());
    settings.put("min_pixels", Math.min(qwen.minPixels(), maxPixels));
    settings.put("max_pixels", maxPixels);
    write(settings.putArray("image_mean"), qwen.mean());
    write(settings.putArray("image_std"), qwen.deviation());
    settings.put("image_processor_type", "Qwen2VLImageProcessor");
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), settings);
  }

  private static void write(ArrayNode array, ChannelValues values) {
    array.add(values.red()).add(values.green()).add(values.blue());
  }
}
