package org.sightmill.trainer.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.ScriptSource;

/**
 * The decoder as TorchScript: embeddings [B, T, H] to final hidden states [B, T, H], with every
 * layer's keys and values [B, K, T, D].
 *
 * <p>Weights {@code w} are indexed as in {@link ParameterTable#text}; {@code a} holds the adapters,
 * two per target and layer, or one tensor without elements. Rows may continue prefixes: {@code
 * past} holds each layer's keys and values of the prefixes, {@code owner} [B] the prefix of each
 * row, so that a prompt is computed once for all its continuations. {@code mask} [B, 1, T, past +
 * T] says who sees whom; without elements it means plain causal attention and no past.
 */
final class TextProgram {
  static final String METHODS =
      LayerText.METHODS
          + """
        def angles(self: Self, positions: Tensor) -> List[Tensor]:
          # positions [3, B, T]: each channel turns by time, height or width (M-RoPE)
          device = positions.device
          steps = torch.to(torch.arange(0, {width}, 2, device=device), 6) / {width}.
          inverse = torch.reciprocal(torch.pow({theta}, steps))
          axis = torch.tensor({axes}, dtype=4, device=device)
          turned = torch.permute(torch.index_select(torch.to(positions, 6), 0, axis), [1, 2, 0])
          angle = torch.unsqueeze(turned * inverse, 2)
          return [torch.cos(angle), torch.sin(angle)]

        def adapted(self: Self, y: Tensor, x: Tensor, a: Tensor, b: Tensor, start: int, total: int) -> Tensor:
          delta = torch.linear(torch.linear(x, a), b) * {lora_scale}
          end = total - start - torch.size(b, 0)
          return y + torch.constant_pad_nd(delta, [start, end])

        def expanded(self: Self, x: Tensor) -> Tensor:
          # [B, K, T, D] -> [B, N, T, D]: each key-value head serves {group} query heads
          b, t = torch.size(x, 0), torch.size(x, 2)
          wide = torch.expand(torch.unsqueeze(x, 2), [b, {kv_heads}, {group}, t, {width}])
          return torch.reshape(wide, [b, {heads}, t, {width}])

        def attend(self: Self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
          if torch.numel(mask) > 0:
            # a mask with grouped heads can fall to a kernel of quadratic memory: expand them
            keys = self.expanded(k)
            values = self.expanded(v)
            if mask.dtype == 6:
              # by the formula: fused kernels lose the gradient of rows that see nothing
              scores = torch.matmul(q, torch.transpose(keys, 2, 3)) * {scale}
              return torch.matmul(torch.to(torch.softmax(torch.to(scores, 6) + mask, -1), {compute}), values)
            return torch.scaled_dot_product_attention(q, keys, values, mask)
          return torch.scaled_dot_product_attention(q, k, v, None, 0., True, scale=None, enable_gqa={grouped})

        def layer(self: Self, w: List[Tensor], a: List[Tensor], i: int, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, past: List[Tensor], owner: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
          m = 1 + i * {layer_weights}
          n = i * {layer_adapters}
          b, t = torch.size(x, 0), torch.size(x, 1)
          h = self.norm(x, w[m])
          qkv = torch.linear(h, w[m + 1], w[m + 2])
      {lora_qkv}
          qkv = torch.view(qkv, [b, t, {heads} + 2 * {kv_heads}, {width}])
          # splitting, unlike slicing, has a backward of one pass
          qk, v = torch.split_with_sizes(qkv, [{heads} + {kv_heads}, {kv_heads}], 2)
          q, k = torch.split_with_sizes(self.rotate(qk, cos, sin), [{heads}, {kv_heads}], 2)
          q, k, v = torch.transpose(q, 1, 2), torch.transpose(k, 1, 2), torch.transpose(v, 1, 2)
          keys = k
          values = v
          if len(past) > 1:
            keys = torch.cat([torch.index_select(past[0], 0, owner), k], 2)
            values = torch.cat([torch.index_select(past[1], 0, owner), v], 2)
          h = torch.reshape(torch.transpose(self.attend(q, keys, values, mask), 1, 2), [b, t, {heads} * {width}])
          o = torch.linear(h, w[m + 3])
      {lora_out}
          x = x + o
          h = self.norm(x, w[m + 4])
          gate_up = torch.linear(h, w[m + 5])
      {lora_gate_up}
          gate, up = torch.split_with_sizes(gate_up, [{intermediate}, {intermediate}], -1)
          h = torch.silu(gate) * up
          down = torch.linear(h, w[m + 6])
      {lora_down}
          return (x + down, k, v)

        def embed(self: Self, table: Tensor, ids: Tensor, images: Tensor, places: Tensor) -> List[Tensor]:
          # ids [B, T]; the images' tokens overwrite the rows at their places in the flat batch
          x = torch.to(torch.embedding(table, ids), 6)
          if torch.numel(places) > 0:
            flat = torch.index_copy(torch.view(x, [-1, {hidden}]), 0, places, images)
            x = torch.view(flat, [torch.size(ids, 0), torch.size(ids, 1), {hidden}])
          return [x]

        def layer_past(self: Self, past: List[Tensor], i: int) -> List[Tensor]:
          if len(past) > 1:
            return [past[2 * i], past[2 * i + 1]]
          return past

        def decoder(self: Self, w: List[Tensor], a: List[Tensor], x: Tensor, positions: Tensor, mask: Tensor, past: List[Tensor], owner: Tensor) -> List[Tensor]:
          # returns hidden states, keys and values of every layer, then every layer's input
          cos, sin = self.angles(positions)
          cache = annotate(List[Tensor], [])
          inputs = annotate(List[Tensor], [])
          for i in range({layers}):
            inputs.append(x)
            x, k, v = self.layer(w, a, i, x, cos, sin, mask, self.layer_past(past, i), owner)
            cache.append(k)
            cache.append(v)
          inputs.append(x)
          return [torch.to(self.norm(x, w[0]), 6)] + cache + inputs

        def backward(self: Self, w: List[Tensor], a: List[Tensor], positions: Tensor, mask: Tensor, past: List[Tensor], owner: Tensor, inputs: List[Tensor], given: Tensor, given_cache: List[Tensor]) -> List[Tensor]:
          # each layer computed anew from its saved input; returns the gradients of x, of past,
          # of the trainable weights and of the adapters
          cos, sin = self.angles(positions)
          x = torch.requires_grad_(torch.detach(inputs[{layers}]), True)
          own = self.trainable(w, 0, 1)
          found = self.gradients([torch.to(self.norm(x, w[0]), 6)], [x] + own, [given])
          given = found[0]
          norm_gradient = found[1:]
          past_gradients = annotate(List[Tensor], [])
          weight_gradients = annotate(List[Tensor], [])
          adapter_gradients = annotate(List[Tensor], [])
          for j in range({layers}):
            i = {layers} - 1 - j
            x = torch.requires_grad_(torch.detach(inputs[i]), True)
            own_past = annotate(List[Tensor], [])
            if len(past) > 1:
              own_past.append(torch.requires_grad_(torch.detach(past[2 * i]), True))
              own_past.append(torch.requires_grad_(torch.detach(past[2 * i + 1]), True))
            own = self.trainable(w, 1 + i * {layer_weights}, {layer_weights})
            adapters = self.trainable(a, i * {layer_adapters}, {layer_adapters})
            y, k, v = self.layer(w, a, i, x, cos, sin, mask, own_past, owner)
            outputs = [y]
            upstream = [given]
            if len(given_cache) > 1:
              outputs = [y, k, v]
              upstream = [given, given_cache[2 * i], given_cache[2 * i + 1]]
            found = self.gradients(outputs, [x] + own_past + own + adapters, upstream)
            given = found[0]
            p = 1 + len(own_past)
            past_gradients = found[1:p] + past_gradients
            weight_gradients = found[p:p + len(own)] + weight_gradients
            adapter_gradients = found[p + len(own):] + adapter_gradients
          return [given] + past_gradients + norm_gradient + weight_gradients + adapter_gradients
      """;

  private TextProgram() {}

  static ScriptSource source(TextConfig config, ComputeType compute, Optional<LoraConfig> lora) {
    return ScriptSource.filled("Text", METHODS, values(config, compute, lora));
  }

  static Map<String, Object> values(
      TextConfig config, ComputeType compute, Optional<LoraConfig> lora) {
    Map<String, Object> values = new HashMap<>();
    values.put("epsilon", config.normEpsilon());
    values.put("theta", config.ropeTheta());
    values.put("compute", compute.torchCode());
    values.put("hidden", config.hidden());
    values.put("intermediate", config.intermediate());
    values.put("layers", config.layers());
    values.put("heads", config.heads());
    values.put("kv_heads", config.keyValueHeads());
    values.put("group", config.heads() / config.keyValueHeads());
    values.put("grouped", config.heads() == config.keyValueHeads() ? "False" : "True");
    values.put("width", config.headWidth());
    values.put("half", config.headWidth() / 2);
    values.put("scale", 1 / Math.sqrt(config.headWidth()));
    values.put("axes", axes(config));
    values.put("layer_weights", ParameterTable.TEXT_LAYER);
    values.put("layer_adapters", lora.map(l -> 2 * l.targets().size()).orElse(0));
    values.put("lora_scale", lora.map(LoraConfig::scale).orElse(1.0));
    for (LoraTarget.Product product : LoraTarget.Product.values()) {
      values.put(
          "lora_" + product.name().toLowerCase(java.util.Locale.ROOT),
          adapters(config, lora, product));
    }
    return values;
  }

  /** The axis of each channel: as many as the sections say, in the order time, height, width. */
  private static List<Integer> axes(TextConfig config) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < config.ropeSections().size(); axis++) {
      for (int i = 0; i < config.ropeSections().get(axis); i++) {
        axes.add(axis);
      }
    }
    return axes;
  }

  private static String adapters(
      TextConfig config, Optional<LoraConfig> lora, LoraTarget.Product product) {
    if (lora.isEmpty()) {
      return "";
    }
    String output =
        product == LoraTarget.Product.OUT ? "o" : product.name().toLowerCase(java.util.Locale.ROOT);
    List<LoraTarget> targets = List.copyOf(lora.get().targets());
    return targets.stream()
        .filter(target -> target.product() == product)
        .map(target -> adapter(config, target, output, 2 * targets.indexOf(target)))
        .collect(Collectors.joining("\n"));
  }

  private static String adapter(TextConfig config, LoraTarget target, String output, int index) {
    return "    %s = self.adapted(%s, h, a[n + %d], a[n + %d], %d, %d)"
        .formatted(
            output, output, index, index + 1, target.firstRow(config), target.productWidth(config));
  }
}
