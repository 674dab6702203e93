package org.sightmill.jobs.eval;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.trainer.eval.PromptStyle;

/**
 * An arm to evaluate.
 *
 * @param name as tables call it
 * @param model folder of the model, or its name at the endpoints; empty when its predictions exist
 *     already
 * @param endpoints where the model is served; empty for one in a folder
 * @param predictions result files by data set; empty when the model is asked
 */
public record ArmSpec(
    String name,
    Optional<String> model,
    List<EndpointConfig> endpoints,
    SortedMap<String, String> predictions,
    PromptStyle style) {
  private static final Pattern SERVED = Pattern.compile("(.+)@(https?://.+)");

  /** Copies; rejects an arm with neither model nor predictions. */
  public ArmSpec {
    endpoints = List.copyOf(endpoints);
    predictions = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(predictions));
    if (model.isEmpty() == predictions.isEmpty()) {
      throw new IllegalArgumentException(
          "arm %s needs either a model or predictions".formatted(name));
    }
  }

  /** An arm whose model is asked. */
  public static ArmSpec ofModel(String name, String folder, PromptStyle style) {
    return new ArmSpec(name, Optional.of(folder), List.of(), new TreeMap<>(), style);
  }

  /** An arm that a server is asked for. */
  public static ArmSpec ofEndpoints(
      String name, String model, List<EndpointConfig> endpoints, PromptStyle style) {
    return new ArmSpec(name, Optional.of(model), endpoints, new TreeMap<>(), style);
  }

  /** An arm whose predictions exist already. */
  public static ArmSpec ofPredictions(
      String name, SortedMap<String, String> predictions, PromptStyle style) {
    return new ArmSpec(name, Optional.empty(), List.of(), predictions, style);
  }

  /** What tables call the model. */
  String place() {
    if (model.isEmpty()) {
      return String.join(", ", predictions.values());
    }
    return endpoints.isEmpty()
        ? model.get()
        : "%s at %s"
            .formatted(
                model.get(),
                String.join(", ", endpoints.stream().map(EndpointConfig::url).toList()));
  }

  /**
   * Reads {@code NAME=FOLDER} or {@code NAME@native=FOLDER}, {@code NAME=MODEL@URL} for a model
   * behind an endpoint, or {@code NAME=predictions:DATASET=FILE,...}.
   *
   * @param keyVariable environment variable with the endpoints' key; empty for none
   * @param problems gets what is wrong
   */
  public static Optional<ArmSpec> parse(
      String text, Optional<String> keyVariable, List<String> problems) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      problems.add("--arm must be NAME=FOLDER but was '%s'".formatted(text));
      return Optional.empty();
    }
    String name = text.substring(0, equals);
    String place = text.substring(equals + 1);
    boolean isNative = name.endsWith("@native");
    PromptStyle style = isNative ? PromptStyle.NATIVE : PromptStyle.TRAINED;
    Matcher served = SERVED.matcher(place);
    if (served.matches()) {
      return endpoint(served.group(2), keyVariable, problems)
          .map(url -> ofEndpoints(name, served.group(1), List.of(url), style));
    }
    if (!place.startsWith("predictions:")) {
      return Optional.of(ofModel(name, place, style));
    }
    return given(name, place, style, problems);
  }

  /**
   * An endpoint of the command line.
   *
   * @param problems gets what is wrong with it
   */
  public static Optional<EndpointConfig> endpoint(
      String url, Optional<String> keyVariable, List<String> problems) {
    try {
      return Optional.of(new EndpointConfig(url, null, null, keyVariable.orElse(null), null));
    } catch (InvalidConfigException e) {
      e.problems().forEach(problem -> problems.add("endpoint " + problem));
      return Optional.empty();
    }
  }

  private static Optional<ArmSpec> given(
      String name, String place, PromptStyle style, List<String> problems) {
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
    return Optional.of(ofPredictions(name, files, style));
  }
}
