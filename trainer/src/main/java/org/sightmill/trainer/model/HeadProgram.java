package org.sightmill.trainer.model;

import java.util.Map;
import org.sightmill.trainer.engine.ScriptSource;

/**
 * Log-probabilities of given tokens from hidden states, and their gradient, without ever holding
 * the logits of more than a chunk of tokens: backward computes them anew instead.
 *
 * <p>With z = W h / temperature in 32 bits and p = softmax(z): log p(target), the entropy -sum p
 * log p, and d log p(target) / dz = onehot - p, d entropy / dz = -p (log p + entropy).
 */
final class HeadProgram {
  /** Bytes that the 32-bit logits of a chunk may take, so that the few copies stay in the cache. */
  static final long CHUNK_BYTES = 2L << 20;

  /** With a large vocabulary a chunk takes more, because fewer rows make slow products. */
  static final long MIN_CHUNK_TOKENS = 128;

  private static final String METHODS =
      """
        def wide(self: Self, hidden: Tensor, weight: Tensor) -> Tensor:
          # logits in 32 bits
          return torch.to(torch.matmul(torch.to(hidden, weight.dtype), torch.t(weight)), 6)

        def select(self: Self, states: List[Tensor], places: Tensor) -> List[Tensor]:
          # rows of the flattened states, one below the other
          flat = annotate(List[Tensor], [])
          for i in range(len(states)):
            flat.append(torch.reshape(states[i], [-1, {hidden}]))
          return [torch.index_select(torch.cat(flat, 0), 0, places)]

        def spread(self: Self, gradient: Tensor, places: Tensor, states: List[Tensor]) -> List[Tensor]:
          # the transpose of select
          rows = 0
          for i in range(len(states)):
            rows = rows + torch.numel(states[i]) // {hidden}
          flat = torch.index_add(torch.zeros([rows, {hidden}], device=gradient.device), 0, places, gradient)
          out = annotate(List[Tensor], [])
          start = 0
          for i in range(len(states)):
            n = torch.numel(states[i]) // {hidden}
            out.append(torch.view(torch.narrow(flat, 0, start, n), torch.size(states[i])))
            start = start + n
          return out

        def grid(self: Self, values: Tensor, cells: Tensor, zeros: Tensor) -> List[Tensor]:
          flat = torch.index_copy(torch.view(zeros, [-1]), 0, cells, values)
          return [torch.view(flat, torch.size(zeros))]

        def ungrid(self: Self, grid: Tensor, cells: Tensor) -> List[Tensor]:
          return [torch.index_select(torch.reshape(grid, [-1]), 0, cells)]

        def logits(self: Self, hidden: Tensor, weight: Tensor) -> List[Tensor]:
          return [self.wide(hidden, weight)]

        def score(self: Self, hidden: Tensor, weight: Tensor, targets: Tensor, temperature: Tensor) -> List[Tensor]:
          # hidden [M, H], targets [M] -> log-probabilities [M] and entropies [M]
          found = annotate(List[Tensor], [])
          entropies = annotate(List[Tensor], [])
          for start in range(0, torch.size(hidden, 0), {chunk}):
            n = min({chunk}, torch.size(hidden, 0) - start)
            z = torch.div_(self.wide(torch.narrow(hidden, 0, start, n), weight), temperature)
            logp = torch.log_softmax(z, -1)
            wanted = torch.unsqueeze(torch.narrow(targets, 0, start, n), 1)
            found.append(torch.squeeze(torch.gather(logp, 1, wanted), 1))
            entropies.append(torch.neg(torch.sum(torch.exp(logp) * logp, [-1])))
          return [torch.cat(found), torch.cat(entropies)]

        def backward(self: Self, hidden: Tensor, weight: Tensor, targets: Tensor, temperature: Tensor, given: Tensor, given_entropy: Tensor) -> List[Tensor]:
          # log-probabilities, then the gradients of hidden and of weight where it is trainable
          found = annotate(List[Tensor], [])
          hidden_gradient = torch.zeros_like(hidden)
          weight_gradient = torch.zeros([0])
          if weight.requires_grad:
            weight_gradient = torch.zeros_like(weight, dtype=6)
          w = torch.detach(weight)
          for start in range(0, torch.size(hidden, 0), {chunk}):
            n = min({chunk}, torch.size(hidden, 0) - start)
            h = torch.narrow(hidden, 0, start, n)
            z = torch.div_(self.wide(h, w), temperature)
            p = torch.softmax(z, -1)
            # the logarithm of the sum of exp(z), without a second pass of exponentials
            normaliser = torch.amax(z, [-1], True) - torch.log(torch.amax(p, [-1], True))
            wanted = torch.unsqueeze(torch.narrow(targets, 0, start, n), 1)
            found.append(torch.squeeze(torch.gather(z, 1, wanted) - normaliser, 1))
            g = torch.unsqueeze(torch.narrow(given, 0, start, n), 1)
            gz = p * torch.neg(g)
            torch.scatter_add_(gz, 1, wanted, g)
            if torch.numel(given_entropy) > 0:
              logp = z - normaliser
              entropy = torch.neg(torch.sum(p * logp, [-1], True))
              ge = torch.unsqueeze(torch.narrow(given_entropy, 0, start, n), 1)
              gz = gz - p * (logp + entropy) * ge
            gz = torch.to(torch.div_(gz, temperature), w.dtype)
            torch.copy_(torch.narrow(hidden_gradient, 0, start, n), torch.matmul(gz, w))
            if weight.requires_grad:
              torch.add_(weight_gradient, torch.matmul(torch.t(gz), torch.to(h, w.dtype)))
          return [torch.cat(found), hidden_gradient, weight_gradient]
      """;

  private HeadProgram() {}

  static ScriptSource source(TextConfig config) {
    return ScriptSource.filled(
        "Head",
        METHODS,
        Map.of("hidden", config.hidden(), "chunk", chunkTokens(config.vocabulary())));
  }

  /** Tokens whose logits make a chunk. */
  static long chunkTokens(int vocabulary) {
    return Math.max(MIN_CHUNK_TOKENS, CHUNK_BYTES / Float.BYTES / vocabulary);
  }
}
