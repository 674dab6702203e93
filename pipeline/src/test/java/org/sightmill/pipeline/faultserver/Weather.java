package org.sightmill.pipeline.faultserver;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Another behaviour with bad days: a fifth of the calls meets one of eight passing faults. */
public final class Weather implements Behaviour {
  private static final double FAULTS = 0.2;
  private static final double SLOW_MS = 300;
  private static final int KINDS = 8;
  private static final int CUT_AT = 140;

  private final Behaviour model;
  private final Random random;

  /** Faults drawn with this seed over what {@code model} answers. */
  public Weather(Behaviour model, long seed) {
    this.model = model;
    this.random = new Random(seed);
  }

  @Override
  public Action on(Call call) {
    Action good = model.on(call);
    if (random.nextDouble() >= FAULTS) {
      return good;
    }
    return switch (random.nextInt(KINDS)) {
      case 0 -> Action.json(429, "{}");
      case 1 -> Action.json(429, "{}", "Retry-After: 0.1");
      case 2 -> Action.json(500, "{\"error\":{\"message\":\"bad day\"}}");
      case 3 -> Action.respond(502, "text/html", "<html>".getBytes(StandardCharsets.UTF_8));
      case 4 -> good.after(SLOW_MS);
      case 5 -> good.cutAfter(CUT_AT, Action.End.RESET);
      case 6 -> Action.reset();
      default -> Action.json(200, "{\"choices\": [{\"mess");
    };
  }
}
