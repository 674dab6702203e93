package org.sightmill.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training run took.
 *
 * @param steps done
 * @param tokens that were trained on, or sampled
 * @param deviceSeconds of the steps' clock times the devices that shared them
 * @param chosenStep whose model is left, chosen on held-out rows; null for the last step's
 */
record TrainingTotals(long steps, long tokens, double deviceSeconds, Long chosenStep) {

  /**
   * Adds up the lines of a run log.
   *
   * @param chosen which step was chosen, where one was
   * @param devices how many shared the steps; one where nothing is said
   */
  static TrainingTotals of(
      List<Map<String, Double>> points, Optional<JsonNode> chosen, Optional<JsonNode> devices) {
    double seconds = 0;
    double tokens = 0;
    double steps = 0;
    for (Map<String, Double> point : points) {
      seconds += point.getOrDefault("step_time", 0.0);
      tokens = Math.max(tokens, point.getOrDefault("num_tokens", 0.0));
      steps = Math.max(steps, point.get("step"));
    }
    return new TrainingTotals(
        (long) steps,
        (long) tokens,
        seconds * devices.map(node -> node.path("devices").asInt(1)).orElse(1),
        chosen.map(node -> node.path("step").asLong()).orElse(null));
  }
}
