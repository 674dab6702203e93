package org.sightmill.jobs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.generate.LocalModel;
import org.sightmill.trainer.generate.ModelBenchmark;
import org.sightmill.trainer.generate.ModelBenchmark.Work;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Placement;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.Readiness;

/**
 * Tokens per second of a model: decoding at several batch sizes, a group of samples on a picture,
 * training. A part that does not fit into the device is left out and says so.
 */
final class ModelBench {
  private static final int NEW_TOKENS = 64;
  private static final int PICTURE_TOKENS = 256;
  private static final int GROUP = 8;
  private static final int TRAINING_ROWS = 8;
  private static final int TRAINING_TOKENS = 128;
  private static final List<Integer> DECODE_ROWS = List.of(1, 8, 32);

  private final Path folder;
  private final Placement placement;
  private final double seconds;

  ModelBench(Path folder, Placement placement, double seconds) {
    this.folder = folder;
    this.placement = placement;
    this.seconds = seconds;
    if (!(seconds > 0)) {
      throw new InvalidConfigException(
          List.of("--seconds must be positive but was %s".formatted(seconds)));
    }
  }

  Map<String, Object> run() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", folder.toString());
    result.put("dtype", placement.dtype());
    result.put("library", Readiness.find().map(Readiness::library).orElse("none"));
    result.put("rates", decoding(result));
    result.put("training", training());
    return result;
  }

  private List<Map<String, Object>> decoding(Map<String, Object> result) {
    List<Map<String, Object>> rates = new ArrayList<>();
    MemoryPlan.Load load =
        new MemoryPlan.Load(32, PICTURE_TOKENS + NEW_TOKENS, PassMode.FORWARD_ONLY);
    PolicyOptions options = placement.frozen();
    try (LocalModel model = LocalModel.open(folder, placement, options, load)) {
      result.put("device", model.deviceName());
      for (int rows : DECODE_ROWS) {
        rates.add(rate(model, Work.DECODE, rows, NEW_TOKENS));
      }
      rates.add(rate(model, Work.DECODE_GROUP, GROUP, NEW_TOKENS));
    }
    return rates;
  }

  private List<Map<String, Object>> training() {
    MemoryPlan.Load load =
        new MemoryPlan.Load(
            TRAINING_ROWS, PICTURE_TOKENS + TRAINING_TOKENS, PassMode.KEEP_ACTIVATIONS);
    PolicyOptions options = placement.whole();
    Optional<String> shortage = MemoryPlan.of(folder, options, load).shortage(placement);
    if (shortage.isPresent()) {
      return List.of(Map.of("left_out", shortage.get()));
    }
    try (LocalModel model = LocalModel.open(folder, placement, options, load)) {
      return List.of(
          rate(model, Work.TRAIN, TRAINING_ROWS, TRAINING_TOKENS),
          rate(model, Work.TRAIN_GROUP, GROUP, NEW_TOKENS));
    }
  }

  private Map<String, Object> rate(LocalModel model, Work work, int rows, int tokens) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("work", work.name().toLowerCase(Locale.ROOT));
    line.put("rows", rows);
    line.put("tokens", tokens);
    line.put(
        "tokens_per_second",
        new ModelBenchmark(model.scope(), model.policy())
            .tokensPerSecond(work, rows, tokens, seconds));
    return line;
  }
}
