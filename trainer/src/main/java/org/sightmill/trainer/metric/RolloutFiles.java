package org.sightmill.trainer.metric;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;

/** Completions as JSON Lines, a file per step: {@code completions/step-00000012.jsonl}. */
public final class RolloutFiles implements RolloutSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final int everySteps;

  /**
   * Writes into a folder.
   *
   * @param everySteps steps between two files; 0 for none
   */
  public RolloutFiles(Path folder, int everySteps) {
    this.folder = folder;
    this.everySteps = everySteps;
  }

  @Override
  public void write(long step, List<RolloutRow> rows) throws IOException {
    if (everySteps == 0 || step % everySteps != 0) {
      return;
    }
    Files.createDirectories(folder);
    Path file = folder.resolve("step-%08d.jsonl".formatted(step));
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
      for (RolloutRow row : rows) {
        writer.write(JSON.writeValueAsString(node(row)));
        writer.newLine();
      }
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ObjectNode node(RolloutRow row) {
    ObjectNode node = JSON.createObjectNode();
    node.put("step", row.step()).put("sample_id", row.sampleId());
    node.put("completion", row.completion()).put("tokens", row.tokens());
    node.put("reward", row.reward());
    ObjectNode parts = node.putObject("rewards");
    new TreeMap<>(row.rewardParts()).forEach(parts::put);
    if (Double.isNaN(row.advantage())) {
      node.putNull("advantage");
    } else {
      node.put("advantage", row.advantage());
    }
    node.put("finish_reason", row.finishReason()).put("policy_version", row.policyVersion());
    node.put("seed", row.seed()).put("executor", row.executor()).put("device", row.device());
    return node;
  }
}
