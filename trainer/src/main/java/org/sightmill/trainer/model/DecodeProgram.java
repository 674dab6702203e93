package org.sightmill.trainer.model;

import java.util.Map;
import org.sightmill.trainer.engine.ScriptSource;

/**
 * Decoding as TorchScript, several tokens a call. The tokens of all prompts stay in one copy each:
 * {@code prefix} holds keys and values per layer [A, K, P, D] of the A prompts that still have
 * rows; {@code own} those of each row's own tokens [B, K, room, D], of which the first {@code used}
 * are filled. {@code slots} [A, G] lists the rows of each prompt, padded by any row; {@code places}
 * [B] finds each row there, and is without elements where the rows already stand in that order.
 *
 * <p>The caller adds a method {@code choose}: logits [B, V] in 32 bits to token ids and
 * log-probabilities.
 */
final class DecodeProgram {
  private static final String METHODS =
      """
        def grouped(self: Self, x: Tensor, slots: Tensor, places: Tensor) -> Tensor:
          # [B, K, R, C] -> [A, K, G * R, C]: rows of one prompt side by side
          if torch.numel(places) > 0:
            x = torch.index_select(x, 0, torch.view(slots, [-1]))
          a, g = torch.size(slots, 0), torch.size(slots, 1)
          c = torch.size(x, 3)
          x = torch.transpose(torch.view(x, [a, g, {kv_heads}, {group}, c]), 1, 2)
          return torch.reshape(x, [a, {kv_heads}, g * {group}, c])

        def ungrouped(self: Self, x: Tensor, slots: Tensor, places: Tensor) -> Tensor:
          # the inverse of grouped
          a, g = torch.size(slots, 0), torch.size(slots, 1)
          c = torch.size(x, 3)
          x = torch.transpose(torch.view(x, [a, {kv_heads}, g, {group}, c]), 1, 2)
          x = torch.reshape(x, [a * g, {kv_heads}, {group}, c])
          if torch.numel(places) > 0:
            x = torch.index_select(x, 0, places)
          return x

        def decode_attend(self: Self, q: Tensor, pk: Tensor, pv: Tensor, k: Tensor, v: Tensor, slots: Tensor, places: Tensor, hidden: Tensor) -> Tensor:
          # one softmax over the prompt's keys and the row's own
          b = torch.size(q, 0)
          q = torch.view(q, [b, {kv_heads}, {group}, {width}])
          shared = torch.matmul(self.grouped(q, slots, places), torch.transpose(pk, 2, 3))
          if torch.numel(hidden) > 0:
            shared = torch.masked_fill(shared, hidden, -1.e30)
          scores = torch.cat([self.ungrouped(shared, slots, places), torch.matmul(q, torch.transpose(k, 2, 3))], -1)
          p = torch.to(torch.softmax(torch.to(scores, 6) * {scale}, -1), {compute})
          past = torch.size(pk, 2)
          of_prompt = torch.matmul(self.grouped(torch.narrow(p, -1, 0, past), slots, places), pv)
          of_own = torch.matmul(torch.narrow(p, -1, past, torch.size(k, 2)), v)
          out = self.ungrouped(of_prompt, slots, places) + of_own
          return torch.reshape(out, [b, 1, {heads} * {width}])

        def decode_layer(self: Self, w: List[Tensor], a: List[Tensor], i: int, x: Tensor, cos: Tensor, sin: Tensor, prefix: List[Tensor], own: List[Tensor], used: int, slots: Tensor, places: Tensor, hidden: Tensor) -> Tensor:
          m = 1 + i * {layer_weights}
          n = i * {layer_adapters}
          b = torch.size(x, 0)
          h = self.norm(x, w[m])
          qkv = torch.linear(h, w[m + 1], w[m + 2])
      {lora_qkv}
          qkv = torch.view(qkv, [b, 1, {heads} + 2 * {kv_heads}, {width}])
          qk = self.rotate(torch.narrow(qkv, 2, 0, {heads} + {kv_heads}), cos, sin)
          torch.copy_(torch.select(own[2 * i], 2, used), torch.squeeze(torch.narrow(qk, 2, {heads}, {kv_heads}), 1))
          torch.copy_(torch.select(own[2 * i + 1], 2, used), torch.squeeze(torch.narrow(qkv, 2, {heads} + {kv_heads}, {kv_heads}), 1))
          keys = torch.narrow(own[2 * i], 2, 0, used + 1)
          values = torch.narrow(own[2 * i + 1], 2, 0, used + 1)
          q = torch.reshape(torch.narrow(qk, 2, 0, {heads}), [b, {heads}, 1, {width}])
          h = self.decode_attend(q, prefix[2 * i], prefix[2 * i + 1], keys, values, slots, places, hidden)
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
          return x + down

        def project(self: Self, hidden: Tensor, head: Tensor) -> Tensor:
          return torch.to(torch.matmul(torch.to(hidden, head.dtype), torch.t(head)), 6)

        def first(self: Self, hidden: Tensor, rows: Tensor, head: Tensor, uniform: Tensor, seen: Tensor, bias: Tensor) -> List[Tensor]:
          # hidden [A, H] at the prompts' last tokens; rows [B] says whose each row is
          logits = torch.index_select(self.project(hidden, head), 0, rows)
          token, logp = self.choose(logits, torch.select(uniform, 1, 0), seen, bias)
          return [token, torch.unsqueeze(token, 1), torch.unsqueeze(logp, 1)]

        def steps(self: Self, w: List[Tensor], a: List[Tensor], table: Tensor, head: Tensor, token: Tensor, positions: Tensor, prefix: List[Tensor], own: List[Tensor], filled: Tensor, slots: Tensor, places: Tensor, hidden: Tensor, uniform: Tensor, seen: Tensor, bias: Tensor) -> List[Tensor]:
          # as many tokens as there are columns in uniform [B, n]
          cos, sin = self.angles(positions)
          used = int(filled)
          tokens = annotate(List[Tensor], [])
          logps = annotate(List[Tensor], [])
          for j in range(torch.size(uniform, 1)):
            x = torch.unsqueeze(torch.to(torch.embedding(table, token), 6), 1)
            c = torch.narrow(cos, 1, j, 1)
            s = torch.narrow(sin, 1, j, 1)
            for i in range({layers}):
              x = self.decode_layer(w, a, i, x, c, s, prefix, own, used, slots, places, hidden)
            logits = self.project(torch.squeeze(self.norm(x, w[0]), 1), head)
            token, logp = self.choose(logits, torch.select(uniform, 1, j), seen, bias)
            tokens.append(token)
            logps.append(logp)
            used = used + 1
          return [token, torch.stack(tokens, 1), torch.stack(logps, 1)]

        def room(self: Self, own: List[Tensor], like: Tensor, rows: Tensor, size: Tensor) -> List[Tensor]:
          # caches of at least this size, holding what the old ones held
          out = annotate(List[Tensor], [])
          for i in range(2 * {layers}):
            fresh = torch.zeros([int(rows), {kv_heads}, int(size), {width}], dtype=like.dtype, device=like.device)
            if len(own) > 1:
              torch.copy_(torch.narrow(fresh, 2, 0, torch.size(own[i], 2)), own[i])
            out.append(fresh)
          return out

        def pick(self: Self, xs: List[Tensor], index: Tensor) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          for i in range(len(xs)):
            out.append(torch.index_select(xs[i], 0, index))
          return out

      """;

  private DecodeProgram() {}

  static ScriptSource source(QwenConfig config, PolicyOptions options, String chooser) {
    Map<String, Object> values =
        TextProgram.values(config.text(), options.compute(), options.lora());
    return ScriptSource.filled("Decode", TextProgram.METHODS + METHODS + chooser, values);
  }
}
