package org.sightmill.jobs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.generate.LocalModel;
import org.sightmill.trainer.image.ImageSettings;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.Placement;
import picocli.CommandLine.Option;

/** The options of every command that asks a model. */
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Hugging Face folder of a Qwen2.5-VL model")
  private Path folder;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto, cpu, cuda or cuda:N (${DEFAULT-VALUE}: the first GPU, else cpu)")
  private String device = "auto";

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "float32 or bfloat16 (${DEFAULT-VALUE})")
  private String dtype = "float32";

  @Option(
      names = "--min-pixels",
      paramLabel = "N",
      description = "enlarge smaller pictures (preprocessor_config.json's)")
  private Long minPixels;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "shrink larger pictures (preprocessor_config.json's)")
  private Long maxPixels;

  Path folder() {
    return folder;
  }

  /**
   * Loads the model.
   *
   * @throws InvalidConfigException with all that is wrong, before any weight is read
   */
  LocalModel open(MemoryPlan.Load load) {
    Placement placement = placement();
    if (!Files.isDirectory(folder)) {
      throw new InvalidConfigException(List.of("--model %s is no folder".formatted(folder)));
    }
    return LocalModel.open(folder, placement, placement.frozen(), load);
  }

  Placement placement() {
    return placement(device, dtype);
  }

  /** The placement of these names. */
  static Placement placement(String device, String dtype) {
    try {
      return new Placement(device, dtype);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(List.of("--" + e.getMessage()));
    }
  }

  /** The model's way with pictures, within the limits that were given. */
  ImageSettings images(LocalModel model) {
    ImageSettings own = model.imageSettings();
    try {
      return own.withPixels(
          Optional.ofNullable(minPixels).orElse(own.minPixels()),
          Optional.ofNullable(maxPixels).orElse(own.maxPixels()));
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(List.of(e.getMessage()));
    }
  }

  /** One line for people and logs. */
  String echo(LocalModel model) {
    ImageSettings images = images(model);
    List<String> words = new ArrayList<>();
    words.add("model=" + folder);
    words.add("device=" + model.deviceName());
    words.add("dtype=" + dtype);
    words.add("pixels=%d..%d".formatted(images.minPixels(), images.maxPixels()));
    return String.join(" ", words);
  }
}
