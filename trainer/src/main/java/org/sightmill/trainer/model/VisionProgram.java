package org.sightmill.trainer.model;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.ScriptSource;

/**
 * The vision tower as TorchScript: patch rows [P, C*2*14*14] to image tokens [P/4, H].
 *
 * <p>Weights {@code w} are indexed as in {@link ParameterTable#vision}. Patches arrive in
 * merge-unit order and are permuted to window order once, before block 0, and back at the end. A
 * segment is a run of patches that attend to one another: a window, or in the full blocks a whole
 * frame. Segments lie one after the other; {@code index} [S, longest] lists each one's patches,
 * padded by its first, and {@code mask} [S, 1, 1, longest] says which are real; a mask without
 * elements means that all segments have one length. {@code restore} [P] finds each patch again
 * among the padded ones.
 */
final class VisionProgram {
  private static final String METHODS =
      LayerText.METHODS
          + """
        def segments(self: Self, x: Tensor, index: Tensor, mask: Tensor) -> Tensor:
          # [P, N, D] -> [S, N, longest, D]
          if torch.numel(mask) > 0:
            x = torch.index_select(x, 0, torch.view(index, [-1]))
          return torch.transpose(torch.view(x, [torch.size(index, 0), torch.size(index, 1), {heads}, {width}]), 1, 2)

        def attend(self: Self, q: Tensor, k: Tensor, v: Tensor, index: Tensor, mask: Tensor, restore: Tensor) -> Tensor:
          qs = self.segments(q, index, mask)
          ks = self.segments(k, index, mask)
          vs = self.segments(v, index, mask)
          if torch.numel(mask) > 0:
            out = torch.scaled_dot_product_attention(qs, ks, vs, mask)
          else:
            out = torch.scaled_dot_product_attention(qs, ks, vs)
          flat = torch.reshape(torch.transpose(out, 1, 2), [-1, {hidden}])
          if torch.numel(mask) > 0:
            flat = torch.index_select(flat, 0, restore)
          return flat

        def block(self: Self, w: List[Tensor], i: int, x: Tensor, cos: Tensor, sin: Tensor, index: Tensor, mask: Tensor, restore: Tensor) -> Tensor:
          b = 1 + i * {block_weights}
          qkv = torch.linear(self.norm(x, w[b]), w[b + 1], w[b + 2])
          qkv = torch.view(qkv, [-1, 3, {heads}, {width}])
          qk = self.rotate(torch.narrow(qkv, 1, 0, 2), cos, sin)
          o = self.attend(torch.select(qk, 1, 0), torch.select(qk, 1, 1), torch.select(qkv, 1, 2), index, mask, restore)
          x = x + torch.linear(o, w[b + 3], w[b + 4])
          gate_up = torch.linear(self.norm(x, w[b + 5]), w[b + 6], w[b + 7])
          gate, up = torch.split_with_sizes(gate_up, [{intermediate}, {intermediate}], -1)
          return x + torch.linear(torch.silu(gate) * up, w[b + 8], w[b + 9])

        def embed(self: Self, w: List[Tensor], patches: Tensor, order: Tensor) -> Tensor:
          # a convolution whose kernel is its stride is a product; then to window order by units
          x = torch.to(torch.linear(torch.to(patches, {compute}), w[0]), 6)
          units = torch.view(x, [-1, {joined}])
          return torch.view(torch.index_select(units, 0, order), [-1, {hidden}])

        def merge(self: Self, w: List[Tensor], x: Tensor, unorder: Tensor) -> Tensor:
          m = 1 + {depth} * {block_weights}
          h = torch.view(self.norm(x, w[m]), [-1, {joined}])
          h = torch.gelu(torch.linear(h, w[m + 1], w[m + 2]))
          h = torch.linear(h, w[m + 3], w[m + 4])
          return torch.to(torch.index_select(h, 0, unorder), 6)

        def angles(self: Self, positions: Tensor) -> List[Tensor]:
          # positions [P, 2], row and column; half of the channels turn by each
          steps = torch.to(torch.arange(0, {half}, 2, device=positions.device), 6) / {half}.
          inverse = torch.reciprocal(torch.pow({theta}, steps))
          angle = torch.unsqueeze(torch.to(positions, 6), -1) * inverse
          angle = torch.view(angle, [-1, 1, 1, {half}])
          return [torch.cos(angle), torch.sin(angle)]

        def tower(self: Self, w: List[Tensor], patches: Tensor, positions: Tensor, order: Tensor, unorder: Tensor, windows: List[Tensor], frames: List[Tensor]) -> List[Tensor]:
          # returns the image tokens, then every block's input and the merger's
          cos, sin = self.angles(positions)
          full = {full}
          x = self.embed(w, patches, order)
          inputs = annotate(List[Tensor], [])
          for i in range({depth}):
            inputs.append(x)
            s = windows
            if full[i]:
              s = frames
            x = self.block(w, i, x, cos, sin, s[0], s[1], s[2])
          inputs.append(x)
          return [self.merge(w, x, unorder)] + inputs

        def backward(self: Self, w: List[Tensor], patches: Tensor, positions: Tensor, order: Tensor, unorder: Tensor, windows: List[Tensor], frames: List[Tensor], inputs: List[Tensor], given: Tensor) -> List[Tensor]:
          # gradients of the trainable weights, each block computed anew from its saved input
          cos, sin = self.angles(positions)
          full = {full}
          x = torch.requires_grad_(torch.detach(inputs[{depth}]), True)
          own = self.trainable(w, 1 + {depth} * {block_weights}, 5)
          found = self.gradients([self.merge(w, x, unorder)], [x] + own, [given])
          given = found[0]
          total = found[1:]
          for j in range({depth}):
            i = {depth} - 1 - j
            s = windows
            if full[i]:
              s = frames
            x = torch.requires_grad_(torch.detach(inputs[i]), True)
            own = self.trainable(w, 1 + i * {block_weights}, {block_weights})
            y = self.block(w, i, x, cos, sin, s[0], s[1], s[2])
            found = self.gradients([y], [x] + own, [given])
            given = found[0]
            total = found[1:] + total
          own = self.trainable(w, 0, 1)
          if len(own) > 0:
            total = self.gradients([self.embed(w, patches, order)], own, [given]) + total
          return total
      """;

  private VisionProgram() {}

  static ScriptSource source(VisionConfig config, ComputeType compute) {
    Map<String, Object> values = new HashMap<>();
    values.put("epsilon", VisionConfig.NORM_EPSILON);
    values.put("theta", VisionConfig.ROPE_THETA);
    values.put("compute", compute.torchCode());
    values.put("depth", config.depth());
    values.put("hidden", config.hidden());
    values.put("heads", config.heads());
    values.put("width", config.headWidth());
    values.put("half", config.headWidth() / 2);
    values.put("intermediate", config.intermediate());
    values.put("joined", config.hidden() * config.mergeUnit());
    values.put("block_weights", ParameterTable.VISION_BLOCK);
    values.put("full", fullBlocks(config));
    return ScriptSource.filled("Vision", METHODS, values);
  }

  private static String fullBlocks(VisionConfig config) {
    return IntStream.range(0, config.depth())
        .mapToObj(i -> config.fullAttentionBlocks().contains(i) ? "True" : "False")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
