package org.sightmill.jobs.config;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.step.RunLayout;

/**
 * An arm of a comparison: taken as it is, or trained by a file of {@code conf/trainer}.
 *
 * @param name as tables call it; one that ends in {@code @native} is asked under the model's own
 *     system prompt
 * @param take a model's folder, {@code MODEL@URL} or {@code predictions:DATASET=FILE,...}, as
 *     behind {@code --arm NAME=}; null for an arm that is trained
 * @param sft configuration of supervised fine-tuning, or null
 * @param grpo configuration of GRPO, or null
 * @param from the arm whose model training starts from; null for the file's {@code model.path}
 * @param set values over the file's, keys dotted as in {@code --set}; {@code {run}} in a value
 *     stands for the run's folder
 */
public record ArmSection(
    String name, String take, String sft, String grpo, String from, SortedMap<String, String> set) {

  /** Copies; rejects an arm that is not exactly one of taken, SFT and GRPO. */
  public ArmSection {
    set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
    Checks checks = new Checks().notBlank("name", name);
    checks.that(
        Stream.of(take, sft, grpo).filter(way -> way != null).count() == 1,
        "name %s needs one of take, sft and grpo".formatted(name));
    checks.that(
        take == null || (from == null && set.isEmpty()), "take goes with neither from nor set");
    checks.orThrow();
  }

  /** Whether it is trained here. */
  public boolean trained() {
    return take == null;
  }

  /** The file that it is trained by. */
  public String file() {
    return sft == null ? grpo : sft;
  }

  /**
   * Its folder below {@code train}.
   *
   * @param run counted from 1: which of its training seeds
   */
  public String folder(int run) {
    return RunLayout.sanitised(name) + (run == 1 ? "" : "-" + run);
  }
}
