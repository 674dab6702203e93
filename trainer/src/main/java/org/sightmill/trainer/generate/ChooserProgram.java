package org.sightmill.trainer.generate;

/**
 * Choosing a token from logits as TorchScript, holding only the steps that the settings ask for.
 */
final class ChooserProgram {
  /** Its exponential is zero, at any temperature that can be set apart from greedy choice. */
  private static final String NEVER = "-1.e38";

  private ChooserProgram() {}

  static String text(SamplingSettings settings) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "  def choose(self: Self, logits: Tensor, uniform: Tensor, seen: Tensor, bias: Tensor) -> Tuple[Tensor, Tensor]:");
    line(text, "    logp = torch.log_softmax(logits / %s, -1)", settings.scoringTemperature());
    line(text, "    z = logits + bias");
    if (settings.penalises()) {
      String penalty = String.valueOf(settings.repetitionPenalty());
      line(text, "    penalised = torch.where(z > 0., z / %s, z * %s)", penalty, penalty);
      line(text, "    z = torch.where(seen, penalised, z)");
    }
    if (settings.isGreedy()) {
      line(text, "    token = torch.argmax(z, -1)");
    } else {
      draw(text, settings);
    }
    if (settings.penalises()) {
      line(
          text,
          "    torch.scatter_(seen, 1, torch.unsqueeze(token, 1), torch.ones([torch.size(token, 0), 1], dtype=11, device=token.device))");
    }
    line(
        text,
        "    return (token, torch.squeeze(torch.gather(logp, 1, torch.unsqueeze(token, 1)), 1))");
    return text.toString();
  }

  /** The first token whose cumulated probability passes the row's uniform number. */
  private static void draw(StringBuilder text, SamplingSettings settings) {
    line(text, "    z = z / %s", settings.temperature());
    if (settings.topK() > 0) {
      line(text, "    k = min(%d, torch.size(z, 1))", settings.topK());
      line(text, "    best, where = torch.topk(z, k)");
      line(text, "    z = torch.masked_fill(z, z < torch.narrow(best, 1, k - 1, 1), %s)", NEVER);
    }
    boolean sorted = settings.topP() < 1;
    if (sorted) {
      line(text, "    z, order = torch.sort(z, -1, True)");
      line(text, "    p = torch.softmax(z, -1)");
      line(
          text,
          "    z = torch.masked_fill(z, torch.cumsum(p, -1) - p >= %s, %s)",
          settings.topP(),
          NEVER);
    }
    if (settings.minP() > 0) {
      line(text, "    p = torch.softmax(z, -1)");
      line(
          text,
          "    z = torch.masked_fill(z, p < torch.amax(p, [-1], True) * %s, %s)",
          settings.minP(),
          NEVER);
    }
    line(text, "    cumulated = torch.cumsum(torch.softmax(z, -1), -1)");
    line(text, "    total = torch.narrow(cumulated, 1, torch.size(z, 1) - 1, 1)");
    line(text, "    passed = cumulated <= torch.unsqueeze(uniform, 1) * total");
    line(text, "    token = torch.clamp(torch.sum(passed, [-1]), max=torch.size(z, 1) - 1)");
    if (sorted) {
      line(text, "    token = torch.squeeze(torch.gather(order, 1, torch.unsqueeze(token, 1)), 1)");
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }
}
