package org.sightmill.jobs.arms;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightmill.jobs.config.ArmSection;
import org.sightmill.jobs.config.CompareConfig;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.config.SftConfig;
import org.sightmill.jobs.eval.ArmSpec;
import org.sightmill.trainer.eval.PromptStyle;

/** The arms of a comparison in their order, those that are trained once for each seed. */
public final class ArmPlan {
  private final CompareConfig config;
  private final Map<String, List<TrainedArm>> trained = new LinkedHashMap<>();
  private final Map<String, ArmSpec> taken = new LinkedHashMap<>();

  private ArmPlan(CompareConfig config) {
    this.config = config;
  }

  /**
   * Reads what arms are trained by, and starts nothing.
   *
   * @param keyVariable environment variable with the key of arms behind endpoints; empty for none
   * @param problems gets everything that is wrong
   */
  public static ArmPlan of(
      CompareConfig config, Optional<String> keyVariable, List<String> problems) {
    ArmPlan plan = new ArmPlan(config);
    ArmLoader loader = new ArmLoader(config, problems);
    for (ArmSection arm : config.arms()) {
      if (arm.trained()) {
        plan.addTrained(arm, loader, problems);
      } else {
        ArmSpec.parse(arm.name() + "=" + arm.take(), keyVariable, problems)
            .ifPresent(spec -> plan.taken.put(arm.name(), spec));
      }
    }
    plan.checkSystemPrompts(problems);
    return plan;
  }

  private void addTrained(ArmSection arm, ArmLoader loader, List<String> problems) {
    List<TrainedArm> runs = new ArrayList<>();
    for (int run = 1; run <= Math.max(1, config.seeds().size()); run++) {
      loader.load(arm, run, start(arm, run)).ifPresent(runs::add);
    }
    // Seeds share what is wrong.
    runs.stream().flatMap(one -> one.problems().stream()).distinct().forEach(problems::add);
    trained.put(arm.name(), runs);
  }

  /** The model of the arm it starts from, of the same seed. */
  private Optional<String> start(ArmSection arm, int run) {
    List<TrainedArm> before = arm.from() == null ? List.of() : runs(arm.from());
    return before.stream()
        .filter(one -> one.run() == run)
        .map(one -> one.model().toString())
        .findFirst();
  }

  private void checkSystemPrompts(List<String> problems) {
    if (config.decoding().systemPrompt() == null && prompts().distinct().count() > 1) {
      problems.add(
          "arms are trained under different system prompts, and all are asked under one: say which,"
              + " decoding.system_prompt");
    }
  }

  private java.util.stream.Stream<String> prompts() {
    return trained.values().stream().flatMap(List::stream).map(ArmPlan::prompt);
  }

  private static String prompt(TrainedArm arm) {
    return arm.config() instanceof SftConfig sft
        ? sft.prompt().systemPrompt()
        : ((GrpoConfig) arm.config()).prompt().systemPrompt();
  }

  /** What arms are asked under; empty for the packaged prompt. */
  public Optional<String> systemPrompt() {
    return Optional.ofNullable(config.decoding().systemPrompt()).or(() -> prompts().findFirst());
  }

  /** Trains what is not there, in order. */
  public void train(PrintWriter screen) {
    trained.values().forEach(runs -> runs.forEach(run -> run.train(screen)));
  }

  /** What would be done, a line for each run. */
  public void describe(PrintWriter out) {
    for (ArmSection arm : config.arms()) {
      if (!arm.trained()) {
        out.printf("arm %s: taken, %s%n", arm.name(), arm.take());
      }
      for (TrainedArm run : runs(arm.name())) {
        out.printf(
            "arm %s: %s by %s%s, into %s%n",
            run.name(),
            run.isThere() ? "trained already" : "to train",
            arm.file(),
            arm.from() == null ? "" : " from " + arm.from(),
            run.model());
      }
    }
    out.flush();
  }

  /** The trainings of an arm, one for each seed; none of one that is taken. */
  List<TrainedArm> runs(String arm) {
    return trained.getOrDefault(arm, List.of());
  }

  /** What to evaluate, the base first; runs of one name are its seeds. */
  public List<ArmSpec> specs() {
    List<ArmSpec> specs = new ArrayList<>();
    for (ArmSection arm : config.arms()) {
      Optional.ofNullable(taken.get(arm.name())).ifPresent(specs::add);
      PromptStyle style = arm.name().endsWith("@native") ? PromptStyle.NATIVE : PromptStyle.TRAINED;
      runs(arm.name())
          .forEach(run -> specs.add(ArmSpec.ofModel(arm.name(), run.model().toString(), style)));
    }
    return specs;
  }
}
