package org.sightmill.jobs.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.model.LoraConfig;
import org.sightmill.trainer.model.LoraTarget;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Placement;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.Readiness;

/** Looks at what models need: the native library, devices, and for one model its files and room. */
final class ModelExamination {
  private static final long MIB = 1 << 20;

  /** A usual size of adapters, for the plan. */
  private static final LoraConfig ADAPTERS =
      new LoraConfig(16, 32, EnumSet.allOf(LoraTarget.class));

  private final Placement placement;
  private final int rows;
  private final int tokens;
  private final Optional<Readiness> readiness = Readiness.find();

  ModelExamination(Placement placement, int rows, int tokens) {
    this.placement = placement;
    this.rows = rows;
    this.tokens = tokens;
    if (rows < 1 || tokens < 1) {
      throw new InvalidConfigException(
          List.of(
              "--rows and --tokens must be positive but were %d and %d".formatted(rows, tokens)));
    }
  }

  List<Finding> library() {
    if (readiness.isEmpty()) {
      return List.of(
          Finding.lacking("native library", "none, so no model runs: " + Readiness.advice()));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.fine("native library", readiness.get().library()));
    for (Readiness.Room room : readiness.get().rooms()) {
      findings.add(
          Finding.fine(
              "device", "%s, %,d MiB free".formatted(room.device(), room.availableBytes() / MIB)));
    }
    return findings;
  }

  List<Finding> model(Path folder) {
    List<String> problems = Policy.problems(folder);
    if (!problems.isEmpty()) {
      return problems.stream().map(problem -> Finding.broken("model", problem)).toList();
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.fine(
            "model",
            "%s in %s, %d rows of %d tokens".formatted(folder, placement.dtype(), rows, tokens)));
    if (readiness.isPresent()) {
      readiness.get().rooms().forEach(room -> plans(folder, room, findings));
    }
    return findings;
  }

  private void plans(Path folder, Readiness.Room room, List<Finding> findings) {
    MemoryPlan generating = plan(folder, placement.frozen(), PassMode.FORWARD_ONLY);
    boolean first = readiness.orElseThrow().rooms().indexOf(room) == 0;
    boolean fits = generating.totalBytes() <= room.availableBytes();
    String text = text("generate", room, generating);
    // Without room for generating on the device that commands take, nothing can be done.
    findings.add(fits ? Finding.fine("plan", text) : lacking(first, text));
    training(
        room, "train all", plan(folder, placement.whole(), PassMode.KEEP_ACTIVATIONS), findings);
    training(
        room,
        "train adapters",
        plan(folder, placement.adapters(ADAPTERS), PassMode.RECOMPUTE),
        findings);
  }

  private static Finding lacking(boolean first, String text) {
    return first ? Finding.broken("plan", text) : Finding.lacking("plan", text);
  }

  private static void training(
      Readiness.Room room, String work, MemoryPlan plan, List<Finding> findings) {
    boolean fits = plan.totalBytes() <= room.availableBytes();
    String text = text(work, room, plan);
    findings.add(fits ? Finding.fine("plan", text) : Finding.lacking("plan", text));
  }

  private MemoryPlan plan(Path folder, PolicyOptions options, PassMode mode) {
    return MemoryPlan.of(folder, options, new MemoryPlan.Load(rows, tokens, mode));
  }

  private static String text(String work, Readiness.Room room, MemoryPlan plan) {
    long needed = plan.totalBytes() / MIB;
    long free = room.availableBytes() / MIB;
    return "%s on %s: %,d MiB, %s: %s"
        .formatted(
            work,
            room.device(),
            needed,
            needed <= free ? "fits" : "does NOT fit into %,d MiB".formatted(free),
            plan.describe());
  }
}
