package org.sightmill.trainer.loss;

import java.util.HashMap;
import java.util.Map;
import org.sightmill.trainer.engine.ScriptSource;

/** The loss as TorchScript, one line per formula, for one choice of settings. */
final class GrpoProgram {
  private static final String METHODS =
      """
        def mean(self: Self, x: Tensor, mask: Tensor) -> Tensor:
          # over the tokens that count; a value per sequence counts once
          if torch.size(x, 1) == 1:
            return torch.mean(x)
          return torch.sum(x * mask) / torch.clamp(torch.sum(mask), min=1.)

        def sequence_mean(self: Self, x: Tensor, mask: Tensor) -> Tensor:
          if torch.size(x, 1) == 1:
            return torch.squeeze(x, 1)
          return torch.sum(x * mask, [1]) / torch.clamp(torch.sum(mask, [1]), min=1.)

        def loss(self: Self, given: Tensor, old: Tensor, reference: Tensor, mask: Tensor, advantages: Tensor, entropies: Tensor, weights: Tensor, beta: Tensor, sequences: Tensor, tokens: Tensor, capacity: Tensor, width: Tensor) -> List[Tensor]:
          logp = torch.requires_grad_(torch.detach(given), True)
          a = torch.unsqueeze(advantages, 1)
          length = torch.sum(mask, [1], True)
          token_ratio = logp - old
      {ratio}
          r = torch.exp(log_ratio)
      {formula}
          token_loss = token_loss * weights
          gap = reference - logp
      {kl}
      {penalty}
      {average}
          gradient = torch.grad([loss], [logp])
          out = [torch.detach(loss)]
          g = gradient[0]
          if g is not None:
            out.append(g)
          out.append(torch.detach(self.mean(kl, mask)))
          out.append(self.mean(entropies, mask))
      {metrics}
          return out
      """;

  private GrpoProgram() {}

  static ScriptSource source(GrpoSettings settings) {
    Map<String, Object> values = new HashMap<>();
    values.put("ratio", ratio(settings));
    values.put("formula", formula(settings));
    values.put(
        "kl",
        switch (settings.klEstimator()) {
          case K1 -> "    kl = torch.neg(gap)";
          case K2 -> "    kl = gap * gap * 0.5";
          case K3 -> "    kl = torch.exp(gap) - gap - 1.";
        });
    values.put("penalty", penalty(settings));
    values.put("average", average(settings));
    values.put("metrics", metrics(settings));
    return ScriptSource.filled("Grpo", METHODS, values);
  }

  private static String ratio(GrpoSettings settings) {
    return switch (settings.importanceLevel()) {
      case TOKEN -> "    log_ratio = token_ratio";
      case SEQUENCE ->
          "    log_ratio = torch.sum(token_ratio * mask, [1], True) / torch.clamp(length, min=1.)";
    };
  }

  private static String formula(GrpoSettings settings) {
    return switch (settings.lossType().formula()) {
      case CLIPPED ->
          """
              bounded = %s
              clipped = torch.clamp(r, 1. - %s, 1. + %s)
              token_loss = torch.neg(torch.minimum(bounded * a, clipped * a))
          """
              .formatted(
                  Double.isInfinite(settings.delta())
                      ? "r"
                      : "torch.clamp(r, max=%s)".formatted(settings.delta()),
                  settings.epsilonLow(),
                  settings.epsilonHigh());
      case CISPO ->
          "    token_loss = torch.neg(torch.detach(torch.clamp(r, max=%s)) * a * logp)"
              .formatted(settings.epsilonHigh());
      case SAPO ->
          """
              sharpness = torch.where(a > 0., torch.ones_like(a), torch.full_like(a, 1.05))
              token_loss = torch.neg(torch.sigmoid(sharpness * (r - 1.)) * 4. / sharpness * a)
          """;
      case VESPO ->
          """
              bounded_ratio = torch.clamp(torch.detach(token_ratio), -20., 20.)
              log_w = torch.clamp(torch.sum(bounded_ratio * mask, [1], True), -18.420680743952367, 20.)
              k = torch.where(a >= 0., torch.full_like(a, 2.), torch.full_like(a, 3.))
              c = torch.where(a >= 0., torch.full_like(a, 3.), torch.full_like(a, 2.))
              phi = torch.nan_to_num(torch.exp(c + k * log_w - c * torch.exp(log_w)), 0., 0., 0.)
              token_loss = torch.neg(phi * a * logp)
          """;
    };
  }

  private static String penalty(GrpoSettings settings) {
    boolean apart = settings.lossType().average() == LossType.Average.LENGTH_WEIGHTED;
    return settings.beta() == 0 || apart ? "" : "    token_loss = token_loss + beta * kl";
  }

  private static String average(GrpoSettings settings) {
    return switch (settings.lossType().average()) {
      case SEQUENCES ->
          "    loss = torch.sum(torch.sum(token_loss * mask, [1], True) / torch.clamp(length, min=1.)) / sequences";
      case TOKENS -> "    loss = torch.sum(token_loss * mask) / tokens";
      case CAPACITY -> "    loss = torch.sum(token_loss * mask) / (sequences * capacity)";
      case LENGTH_WEIGHTED ->
          """
              loss = %s
          %s
          """
              .formatted(
                  settings.importanceLevel() == ImportanceLevel.TOKEN
                      ? "torch.sum(token_loss * mask * length) / (sequences * width)"
                      : "torch.sum(token_loss * mask) / sequences", // mean times length
                  settings.beta() == 0
                      ? ""
                      : "    loss = loss + torch.sum(beta * kl * length) / (sequences * width)");
    };
  }

  private static String metrics(GrpoSettings settings) {
    return switch (settings.lossType().formula()) {
      case CLIPPED ->
          """
              low = torch.to((r < 1. - %s) & (a < 0.), 6)
              high = torch.to((r > 1. + %s) & (a > 0.), 6)
              out.append(self.mean(low, mask))
              out.append(self.mean(high, mask))
              out.append(self.mean(low + high, mask))
              out.append(torch.min(self.sequence_mean(low, mask)))
              out.append(torch.max(self.sequence_mean(high, mask)))
          """
              .formatted(settings.epsilonLow(), settings.epsilonHigh());
      case CISPO ->
          "    out.append(self.mean(torch.to((r > %s) & (a > 0.), 6), mask))"
              .formatted(settings.epsilonHigh());
      case SAPO -> "";
      case VESPO -> "    out.append(self.mean(phi, mask))";
    };
  }
}
