package org.sightmill.trainer.sft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.trainer.checkpoint.Checkpoints;
import org.sightmill.trainer.data.VisualSample;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.grpo.TinySetups;
import org.sightmill.trainer.metric.RunLog;
import org.sightmill.trainer.update.Hardware;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.OptimizerSettings;
import org.sightmill.trainer.update.RunSettings;

class SftRecipeTest {
  private static final SftSettings SETTINGS = new SftSettings(4, 4096, 1, 300);

  @TempDir Path scratch;
  private Path model;

  @BeforeEach
  void makeModel() {
    try (Scope root = Scope.on(Device.cpu())) {
      model = TinySetups.model(root, scratch.resolve("model"));
    }
  }

  @Test
  void theLossFallsAndTheHeldOutPartIsLookedAt() throws IOException {
    List<Map<String, Double>> metrics = run("run", SETTINGS, 8, model());
    assertThat(metrics.get(7).get("loss")).isLessThan(0.9 * metrics.get(0).get("loss"));
    assertThat(metrics.get(3)).containsKey("eval_loss");
    assertThat(metrics.get(7).get("eval_loss")).isLessThan(metrics.get(3).get("eval_loss"));
    assertThat(metrics.get(7)).containsKeys("grad_norm", "learning_rate", "num_tokens", "epoch");
  }

  @Test
  void smallBatchesAndShardsAddUpToTheBigBatch() throws IOException {
    List<Map<String, Double>> big = run("big", SETTINGS, 3, model());
    List<Map<String, Double>> small = run("small", new SftSettings(4, 70, 1, 300), 3, model());
    List<Map<String, Double>> shards = run("shards", new SftSettings(4, 70, 4, 300), 3, model());
    for (int step = 0; step < 3; step++) {
      for (String name : List.of("loss", "grad_norm")) {
        double expected = big.get(step).get(name);
        assertThat(small.get(step).get(name)).isCloseTo(expected, within(1e-4));
        assertThat(shards.get(step).get(name)).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void aResumedRunEndsBitForBitAsAnUninterruptedOne() throws IOException {
    run("whole", SETTINGS, 4, model());
    run("parts", SETTINGS, 2, model());
    run("parts", SETTINGS, 4, model());
    String state = "checkpoints/step-00000004/state.safetensors";
    assertThat(scratch.resolve("parts").resolve(state))
        .hasSameBinaryContentAs(scratch.resolve("whole").resolve(state));
  }

  @Test
  void adaptersTrainAlone() throws IOException {
    List<Map<String, Double>> metrics = run("lora", SETTINGS, 6, TinySetups.lora(model));
    assertThat(metrics.get(5).get("loss")).isLessThan(metrics.get(0).get("loss"));
  }

  @Test
  void rowsWithoutAReplyAreCountedAndLeftOut() throws IOException {
    List<VisualSample> samples = new ArrayList<>(TinySetups.samples(3));
    samples.add(new VisualSample("x", null, "What?", List.of(), "1", AnswerType.DIGIT, null));
    List<Map<String, Double>> metrics =
        run("rejects", SETTINGS, 1, model(), new SftData(samples, List.of()));
    assertThat(metrics.get(0)).containsEntry("rejects/NO_RESPONSE", 1.0);
    assertThat(metrics.get(0).get("loss")).isPositive();
  }

  private ModelSettings model() {
    return TinySetups.settings(model);
  }

  private List<Map<String, Double>> run(
      String name, SftSettings settings, long steps, ModelSettings trained) throws IOException {
    List<VisualSample> samples = TinySetups.samples(12);
    SftData data = new SftData(samples.subList(0, 8), samples.subList(8, 12));
    return run(name, settings, steps, trained, data);
  }

  private List<Map<String, Double>> run(
      String name, SftSettings settings, long steps, ModelSettings trained, SftData data)
      throws IOException {
    Path folder = scratch.resolve(name);
    OptimizerSettings optimizer = TinySetups.optimizer(3e-3);
    try (SftCrew crew =
        LocalSftCrew.open(
            Hardware.CPU,
            trained,
            settings,
            optimizer,
            TinySetups.PROMPTS,
            TinySetups.NO_PICTURES)) {
      SftRecipe recipe =
          new SftRecipe(
              settings,
              new RunSettings(steps, 1, 1, 2, 2, 4),
              optimizer,
              data,
              crew,
              new Checkpoints(folder.resolve("checkpoints"), 2));
      recipe.resume();
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      try (RunLog log = RunLog.open(folder, recipe.doneSteps(), steps, nowhere)) {
        recipe.run(log);
      }
    }
    return lines(folder.resolve("metrics.jsonl"));
  }

  private static List<Map<String, Double>> lines(Path file) throws IOException {
    com.fasterxml.jackson.databind.ObjectMapper json =
        new com.fasterxml.jackson.databind.ObjectMapper();
    List<Map<String, Double>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(
          json.readValue(
              line, new com.fasterxml.jackson.core.type.TypeReference<Map<String, Double>>() {}));
    }
    return lines;
  }
}
