package org.sightmill.jobs.eval;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.trainer.eval.PromptStyle;

/**
 * An arm to evaluate.
 *
 * @param name as tables call it
 * @param model folder of the model; empty when its predictions exist already
 * @param predictions result files by data set; empty when the model is asked
 */
public record ArmSpec(
    String name, Optional<String> model, SortedMap<String, String> predictions, PromptStyle style) {

  /** Copies; rejects an arm with neither model nor predictions. */
  public ArmSpec {
    predictions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(predictions));
    if (model.isEmpty() == predictions.isEmpty()) {
      throw new IllegalArgumentException(
          "arm %s needs either a model or predictions".formatted(name));
    }
  }

  /** An arm whose model is asked. */
  public static ArmSpec ofModel(String name, String folder, PromptStyle style) {
    return new ArmSpec(name, Optional.of(folder), new TreeMap<>(), style);
  }

  /**
   * Reads {@code NAME=FOLDER} or {@code NAME@native=FOLDER}, or {@code
   * NAME=predictions:DATASET=FILE,...}.
   *
   * @param problems gets what is wrong
   */
  public static Optional<ArmSpec> parse(String text, List<String> problems) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      problems.add("--arm must be NAME=FOLDER but was '%s'".formatted(text));
      return Optional.empty();
    }
    String name = text.substring(0, equals);
    String place = text.substring(equals + 1);
    boolean isNative = name.endsWith("@native");
    PromptStyle style = isNative ? PromptStyle.NATIVE : PromptStyle.TRAINED;
    if (!place.startsWith("predictions:")) {
      return Optional.of(ofModel(name, place, style));
    }
    SortedMap<String, String> files = new TreeMap<>();
    for (String pair : place.substring("predictions:".length()).split(",")) {
      String[] parts = pair.split("=", 2);
      if (parts.length < 2) {
        problems.add(
            "--arm %s: predictions must be DATASET=FILE but one was '%s'".formatted(name, pair));
        return Optional.empty();
      }
      files.put(parts[0], parts[1]);
    }
    return Optional.of(new ArmSpec(name, Optional.empty(), files, style));
  }
}
