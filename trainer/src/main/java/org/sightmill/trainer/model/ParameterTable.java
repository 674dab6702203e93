package org.sightmill.trainer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every weight of a model, in the order in which the programs index them.
 *
 * @param vision patch embedding, {@link #VISION_BLOCK} weights per block, five of the merger
 * @param text final norm, {@link #TEXT_LAYER} weights per layer
 * @param embedding token embedding
 * @param head the output projection; empty where it is tied to the embedding
 */
public record ParameterTable(
    List<ParameterSpec> vision,
    List<ParameterSpec> text,
    ParameterSpec embedding,
    List<ParameterSpec> head) {

  static final int VISION_BLOCK = 10;
  static final int TEXT_LAYER = 7;

  /** The table for a configuration. */
  public static ParameterTable of(QwenConfig config) {
    long vocabulary = config.text().vocabulary();
    long hidden = config.text().hidden();
    List<ParameterSpec> head =
        config.tied()
            ? List.of()
            : List.of(weight(ModelPart.HEAD, "lm_head.weight", vocabulary, hidden));
    return new ParameterTable(
        vision(config.vision()),
        text(config.text()),
        weight(ModelPart.EMBEDDING, "model.language_model.embed_tokens.weight", vocabulary, hidden),
        head);
  }

  /** All weights: vision, text, embedding, head. */
  public List<ParameterSpec> all() {
    return Stream.of(vision, text, List.of(embedding), head).flatMap(List::stream).toList();
  }

  private static List<ParameterSpec> vision(VisionConfig c) {
    List<ParameterSpec> specs = new ArrayList<>();
    ParameterSpec.Piece patch =
        ParameterSpec.piece(
            "model.visual.patch_embed.proj.weight",
            c.hidden(),
            c.channels(),
            c.temporalPatch(),
            c.patch(),
            c.patch());
    specs.add(
        new ParameterSpec(ModelPart.VISION_TOWER, List.of(patch), List.of((long) c.patchWidth())));
    for (int i = 0; i < c.depth(); i++) {
      specs.addAll(visionBlock(c, "model.visual.blocks." + i));
    }
    specs.addAll(merger(c, "model.visual.merger"));
    return specs;
  }

  private static List<ParameterSpec> visionBlock(VisionConfig c, String block) {
    ModelPart part = ModelPart.VISION_TOWER;
    String gate = block + ".mlp.gate_proj";
    String up = block + ".mlp.up_proj";
    return List.of(
        weight(part, block + ".norm1.weight", c.hidden()),
        weight(part, block + ".attn.qkv.weight", 3L * c.hidden(), c.hidden()),
        weight(part, block + ".attn.qkv.bias", 3L * c.hidden()),
        weight(part, block + ".attn.proj.weight", c.hidden(), c.hidden()),
        weight(part, block + ".attn.proj.bias", c.hidden()),
        weight(part, block + ".norm2.weight", c.hidden()),
        joint(
            part,
            ParameterSpec.piece(gate + ".weight", c.intermediate(), c.hidden()),
            ParameterSpec.piece(up + ".weight", c.intermediate(), c.hidden())),
        joint(
            part,
            ParameterSpec.piece(gate + ".bias", c.intermediate()),
            ParameterSpec.piece(up + ".bias", c.intermediate())),
        weight(part, block + ".mlp.down_proj.weight", c.hidden(), c.intermediate()),
        weight(part, block + ".mlp.down_proj.bias", c.hidden()));
  }

  private static List<ParameterSpec> merger(VisionConfig c, String merger) {
    long joined = (long) c.hidden() * c.mergeUnit();
    ModelPart part = ModelPart.MERGER;
    return List.of(
        weight(part, merger + ".ln_q.weight", c.hidden()),
        weight(part, merger + ".mlp.0.weight", joined, joined),
        weight(part, merger + ".mlp.0.bias", joined),
        weight(part, merger + ".mlp.2.weight", c.outHidden(), joined),
        weight(part, merger + ".mlp.2.bias", c.outHidden()));
  }

  private static List<ParameterSpec> text(TextConfig c) {
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(weight(ModelPart.DECODER, "model.language_model.norm.weight", c.hidden()));
    for (int i = 0; i < c.layers(); i++) {
      specs.addAll(textLayer(c, "model.language_model.layers." + i));
    }
    return specs;
  }

  private static List<ParameterSpec> textLayer(TextConfig c, String layer) {
    long queries = (long) c.heads() * c.headWidth();
    long keys = (long) c.keyValueHeads() * c.headWidth();
    String attention = layer + ".self_attn.";
    ModelPart part = ModelPart.DECODER;
    return List.of(
        weight(part, layer + ".input_layernorm.weight", c.hidden()),
        joint(
            part,
            ParameterSpec.piece(attention + "q_proj.weight", queries, c.hidden()),
            ParameterSpec.piece(attention + "k_proj.weight", keys, c.hidden()),
            ParameterSpec.piece(attention + "v_proj.weight", keys, c.hidden())),
        joint(
            part,
            ParameterSpec.piece(attention + "q_proj.bias", queries),
            ParameterSpec.piece(attention + "k_proj.bias", keys),
            ParameterSpec.piece(attention + "v_proj.bias", keys)),
        weight(part, attention + "o_proj.weight", c.hidden(), queries),
        weight(part, layer + ".post_attention_layernorm.weight", c.hidden()),
        joint(
            part,
            ParameterSpec.piece(layer + ".mlp.gate_proj.weight", c.intermediate(), c.hidden()),
            ParameterSpec.piece(layer + ".mlp.up_proj.weight", c.intermediate(), c.hidden())),
        weight(part, layer + ".mlp.down_proj.weight", c.hidden(), c.intermediate()));
  }

  private static ParameterSpec weight(ModelPart part, String name, long... shape) {
    return joint(part, ParameterSpec.piece(name, shape));
  }

  private static ParameterSpec joint(ModelPart part, ParameterSpec.Piece... pieces) {
    List<Long> shape = pieces[0].shape();
    return new ParameterSpec(part, Arrays.asList(pieces), shape.subList(1, shape.size()));
  }
}
