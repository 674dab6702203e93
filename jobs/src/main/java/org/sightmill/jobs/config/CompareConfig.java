package org.sightmill.jobs.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.step.RunLayout;

/**
 * The whole configuration of {@code compare --config}.
 *
 * @param root as in {@link RunConfig}
 * @param runId the run whose {@code 6-curate} arms train on; they go to its {@code train}, results
 *     to its {@code evaluate}
 * @param checkpoint which step's model an arm is
 * @param seeds of training, one run of every trained arm for each; empty for the files' own, and
 *     tables then say "one seed"
 * @param benchmarks {@code NAME=FILE} each, as behind {@code --benchmark}
 * @param generated questions made here as further benchmarks, {@code generated-<rows>-<seed>};
 *     their seed should be none that an arm is trained on
 * @param decoding how all arms are asked
 * @param sftSet values over those of every SFT arm's file, keys dotted as in {@code --set}
 * @param grpoSet likewise for GRPO
 * @param arms the base first; their own {@code set} wins
 */
public record CompareConfig(
    String root,
    String runId,
    Choice checkpoint,
    List<Long> seeds,
    List<String> benchmarks,
    List<ProceduralSection> generated,
    DecodingSection decoding,
    SortedMap<String, String> sftSet,
    SortedMap<String, String> grpoSet,
    List<ArmSection> arms) {

  /** Which step's model an arm is. */
  public enum Choice {
    /** The saved step that did best on the held-out rows of its training. */
    BEST,
    /** The last step. */
    LAST
  }

  /** Fills in defaults; rejects too few arms, names given twice and arms from nowhere. */
  public CompareConfig {
    root = root == null ? RunConfig.DEFAULT_ROOT : root;
    runId = runId == null ? RunConfig.DEFAULT_RUN_ID : RunLayout.sanitised(runId);
    checkpoint = checkpoint == null ? Choice.BEST : checkpoint;
    seeds = List.copyOf(new LinkedHashSet<>(seeds));
    benchmarks = List.copyOf(benchmarks);
    generated = List.copyOf(generated);
    sftSet = Collections.unmodifiableSortedMap(new TreeMap<>(sftSet));
    grpoSet = Collections.unmodifiableSortedMap(new TreeMap<>(grpoSet));
    arms = List.copyOf(arms);
    Checks checks = new Checks();
    checks.that(arms.size() > 1, "arms must be at least two: the base and one to compare with it");
    checks.that(
        !benchmarks.isEmpty() || !generated.isEmpty(),
        "benchmarks must name at least one, NAME=FILE, or generated must be given");
    problems(arms).forEach(problem -> checks.that(false, problem));
    checks.orThrow();
  }

  private static List<String> problems(List<ArmSection> arms) {
    List<String> problems = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    Set<String> trained = new LinkedHashSet<>();
    for (ArmSection arm : arms) {
      if (!folders.add(arm.folder(1).toLowerCase(Locale.ROOT))) {
        problems.add("arms: the name '%s' is given twice".formatted(arm.name()));
      }
      if (arm.from() != null && !trained.contains(arm.from())) {
        problems.add(
            "arms: %s starts from '%s', which is no arm that is trained before it"
                .formatted(arm.name(), arm.from()));
      }
      if (arm.trained()) {
        trained.add(arm.name());
      }
    }
    return problems;
  }

  /** Where arms and results lie. */
  public RunLayout layout() {
    return new RunLayout(root, runId);
  }
}
