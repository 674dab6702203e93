package org.sightmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.checkpoint.Checkpoint;
import org.sightmill.trainer.checkpoint.CheckpointWriter;
import org.sightmill.trainer.checkpoint.TensorEntry;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.optim.AdamW;
import org.sightmill.trainer.optim.AdamWSettings;

class PolicySaverTest extends GoldenFixture {

  @TempDir Path scratch;

  @Test
  void aSavedModelLoadsWithTheSameLogitsAndTheHubsNames() throws IOException {
    try (Policy policy =
        Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32))) {
      PolicySaver.save(policy, golden.model(), scratch, ComputeType.FLOAT32);
      try (Policy again = Policy.load(root, scratch, PolicyOptions.frozen(ComputeType.FLOAT32))) {
        assertThat(logits(again)).containsExactly(logits(policy));
      }
    }
    assertThat(Checkpoint.open(scratch, new ArrayList<>()).entries().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Checkpoint.open(golden.model(), new ArrayList<>()).entries().keySet());
  }

  @Test
  void aModelSavedInShardsLoadsWithTheSameLogitsAndLeavesNoOtherFiles() throws IOException {
    long limit = 40_000;
    try (Policy policy =
        Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32))) {
      PolicySaver.save(policy, golden.model(), scratch, ComputeType.FLOAT32);
      PolicySaver.save(policy, golden.model(), scratch, ComputeType.FLOAT32, limit);
      try (Policy again = Policy.load(root, scratch, PolicyOptions.frozen(ComputeType.FLOAT32))) {
        assertThat(logits(again)).containsExactly(logits(policy));
      }
    }
    JsonNode index =
        new ObjectMapper().readTree(scratch.resolve("model.safetensors.index.json").toFile());
    Map<String, TensorEntry> stored = Checkpoint.open(scratch, new ArrayList<>()).entries();
    assertThat(stored.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Checkpoint.open(golden.model(), new ArrayList<>()).entries().keySet());
    stored.forEach(
        (name, entry) ->
            assertThat(index.path("weight_map").path(name).asText())
                .as(name)
                .isEqualTo(entry.file().getFileName().toString()));
    assertThat(index.path("metadata").path("total_size").asLong())
        .isEqualTo(stored.values().stream().mapToLong(TensorEntry::bytes).sum());
    assertShardsAreSmallAndNumbered(stored, limit);
  }

  /** As many files as the greedy filling needs, no older file among them. */
  private void assertShardsAreSmallAndNumbered(Map<String, TensorEntry> stored, long limit)
      throws IOException {
    Map<String, List<TensorEntry>> shards =
        stored.values().stream()
            .collect(Collectors.groupingBy(entry -> entry.file().getFileName().toString()));
    assertThat(shards.size()).isGreaterThan(2);
    for (int i = 1; i <= shards.size(); i++) {
      List<TensorEntry> shard =
          shards.get("model-%05d-of-%05d.safetensors".formatted(i, shards.size()));
      assertThat(shard).isNotEmpty();
      assertThat(shard.size() == 1 || shard.stream().mapToLong(TensorEntry::bytes).sum() <= limit)
          .as("size of shard %d", i)
          .isTrue();
    }
    try (Stream<Path> files = Files.list(scratch)) {
      assertThat(files.filter(file -> file.toString().endsWith(".safetensors")).count())
          .isEqualTo(shards.size());
    }
  }

  @Test
  void aModelSavedWholeOverShardsLeavesNone() throws IOException {
    try (Policy policy =
        Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32))) {
      PolicySaver.save(policy, golden.model(), scratch, ComputeType.FLOAT32, 40_000);
      PolicySaver.save(policy, golden.model(), scratch, ComputeType.FLOAT32);
    }
    try (Stream<Path> files = Files.list(scratch)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("config.json", "generation_config.json", "model.safetensors");
    }
  }

  @Test
  void aShardSizeOfNothingIsRefused() {
    assertThatThrownBy(() -> new CheckpointWriter(ComputeType.FLOAT32, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_shard_size must be at least 1 byte but was 0");
  }

  @Test
  void aModelSavedInBfloatLoadsWithNearLogits() throws IOException {
    try (Policy policy =
        Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32))) {
      PolicySaver.save(policy, golden.model(), scratch, ComputeType.BFLOAT16);
      try (Policy again = Policy.load(root, scratch, PolicyOptions.frozen(ComputeType.FLOAT32))) {
        assertThat(logits(again)).containsExactly(logits(policy), within(0.2f));
        assertThat(logits(again)).isNotEqualTo(logits(policy));
      }
    }
  }

  @Test
  void mergedAdaptersGiveTheLogitsOfTheAdaptedModel() throws IOException {
    LoraConfig lora = new LoraConfig(4, 8, EnumSet.allOf(LoraTarget.class));
    try (Policy adapted =
            Policy.load(root, golden.model(), PolicyOptions.adapters(ComputeType.FLOAT32, lora));
        Policy plain =
            Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32))) {
      assertThat(logits(adapted)).containsExactly(logits(plain), within(1e-5f));
      train(adapted);
      PolicySaver.save(adapted, golden.model(), scratch, ComputeType.FLOAT32);
      try (Policy merged = Policy.load(root, scratch, PolicyOptions.frozen(ComputeType.FLOAT32))) {
        assertThat(logits(merged)).containsExactly(logits(adapted), within(1e-4f));
        assertThat(logits(merged)).isNotEqualTo(logits(plain));
      }
    }
  }

  private static void train(Policy policy) {
    try (Scope scope = root.child();
        Gradients gradients = policy.newGradients(scope)) {
      SftSteps.loss(scope, policy, golden, Padding.RIGHT, PassMode.KEEP_ACTIVATIONS, gradients);
      new AdamW(scope, policy.masters(), AdamWSettings.DEFAULT).step(gradients.inOrder(), 0.02);
      policy.refresh();
    }
  }

  @Test
  void adaptersAreWrittenInPeftsForm() throws IOException {
    LoraConfig lora = new LoraConfig(2, 4, EnumSet.of(LoraTarget.Q_PROJ, LoraTarget.V_PROJ));
    try (Policy policy =
        Policy.load(root, golden.model(), PolicyOptions.adapters(ComputeType.FLOAT32, lora))) {
      PolicySaver.saveAdapters(policy, "base", scratch);
    }
    Files.move(scratch.resolve("adapter_model.safetensors"), scratch.resolve("model.safetensors"));
    assertThat(Checkpoint.open(scratch, new ArrayList<>()).entries())
        .containsKey(
            "base_model.model.model.language_model.layers.0.self_attn.v_proj.lora_B.weight")
        .containsKey(
            "base_model.model.model.language_model.layers.1.self_attn.q_proj.lora_A.weight");
    assertThat(Files.readString(scratch.resolve("adapter_config.json")))
        .contains("\"peft_type\" : \"LORA\"", "\"r\" : 2", "\"lora_alpha\" : 4.0");
  }

  @Test
  void savedAdaptersLoadIntoAFreshModelWithTheSameLogits() throws IOException {
    LoraConfig lora = new LoraConfig(2, 4, EnumSet.of(LoraTarget.Q_PROJ, LoraTarget.DOWN_PROJ));
    PolicyOptions options = PolicyOptions.adapters(ComputeType.FLOAT32, lora);
    try (Policy trained = Policy.load(root, golden.model(), options);
        Policy fresh = Policy.load(root, golden.model(), options)) {
      train(trained);
      PolicySaver.saveAdapters(trained, "base", scratch);
      assertThat(logits(fresh)).isNotEqualTo(logits(trained));
      AdapterLoader.load(fresh, scratch);
      assertThat(logits(fresh)).containsExactly(logits(trained));
    }
  }

  @Test
  void adaptersOfAnotherRankAreRefusedByName() throws IOException {
    LoraConfig small = new LoraConfig(2, 4, EnumSet.of(LoraTarget.Q_PROJ));
    LoraConfig large = new LoraConfig(3, 4, EnumSet.of(LoraTarget.Q_PROJ));
    try (Policy from =
            Policy.load(root, golden.model(), PolicyOptions.adapters(ComputeType.FLOAT32, small));
        Policy to =
            Policy.load(root, golden.model(), PolicyOptions.adapters(ComputeType.FLOAT32, large))) {
      PolicySaver.saveAdapters(from, "base", scratch);
      assertThatThrownBy(() -> AdapterLoader.load(to, scratch))
          .isInstanceOf(org.sightmill.trainer.checkpoint.CheckpointException.class)
          .hasMessageContaining(
              "adapter model.language_model.layers.0.self_attn.q_proj.lora_A.weight has shape [2,"
                  + " ");
    }
  }

  @Test
  void adaptersOfAnotherScaleAreRefusedThoughTheirShapesFit() throws IOException {
    LoraConfig given = new LoraConfig(2, 4, EnumSet.of(LoraTarget.Q_PROJ));
    LoraConfig other = new LoraConfig(2, 8, EnumSet.of(LoraTarget.Q_PROJ));
    try (Policy from =
            Policy.load(root, golden.model(), PolicyOptions.adapters(ComputeType.FLOAT32, given));
        Policy to =
            Policy.load(root, golden.model(), PolicyOptions.adapters(ComputeType.FLOAT32, other))) {
      PolicySaver.saveAdapters(from, "base", scratch);
      assertThatThrownBy(() -> AdapterLoader.load(to, scratch))
          .isInstanceOf(org.sightmill.trainer.checkpoint.CheckpointException.class)
          .hasMessageContaining(
              "adapter_config.json says alpha 4.0 by rank 2, which is not the scale 4.0 of the"
                  + " model");
    }
  }

  @Test
  void aModelWithoutAdaptersHasNoneToSave() {
    try (Policy policy =
        Policy.load(root, golden.model(), PolicyOptions.frozen(ComputeType.FLOAT32))) {
      assertThatThrownBy(() -> PolicySaver.saveAdapters(policy, "base", scratch))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the model has no adapters to save");
    }
  }

  private static float[] logits(Policy policy) {
    List<Prompt> prompts = golden.forwardPrompts();
    try (Scope scope = root.child();
        PromptPass pass = policy.encode(scope, prompts, Padding.RIGHT, PassMode.FORWARD_ONLY)) {
      return pass.logits(scope).toFloatArray();
    }
  }
}
