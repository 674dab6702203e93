package org.sightmill.trainer.model;

import java.util.List;

/**
 * The decoder's sizes.
 *
 * @param hidden width of the residual stream
 * @param intermediate width inside the MLP
 * @param ropeTheta base of the rotary frequencies
 * @param ropeSections channels turned by time, height and width; they add up to half a head
 */
public record TextConfig(
    int hidden,
    int intermediate,
    int layers,
    int heads,
    int keyValueHeads,
    int vocabulary,
    double normEpsilon,
    double ropeTheta,
    List<Integer> ropeSections) {

  /** Copies the sections. */
  public TextConfig {
    ropeSections = List.copyOf(ropeSections);
  }

  /** Width of a head. */
  public int headWidth() {
    return hidden / heads;
  }

  /** Width of the joint query, key and value projection. */
  public int qkvWidth() {
    return (heads + 2 * keyValueHeads) * headWidth();
  }

  void check(List<String> problems) {
    if (hidden % heads != 0) {
      problems.add("hidden_size %d is no multiple of %d heads".formatted(hidden, heads));
    }
    if (heads % keyValueHeads != 0) {
      problems.add(
          "num_attention_heads %d is no multiple of num_key_value_heads %d"
              .formatted(heads, keyValueHeads));
    }
    int channels = ropeSections.stream().mapToInt(Integer::intValue).sum();
    if (ropeSections.size() != 3 || 2 * channels != headWidth()) {
      problems.add(
          "mrope_section %s must be three numbers adding up to half the head width %d"
              .formatted(ropeSections, headWidth()));
    }
  }
}
