package org.sightmill.pipeline.teacher.spend;

import java.io.Serializable;
import org.sightmill.pipeline.check.Checks;

/**
 * What a model's tokens cost, as its provider lists it.
 *
 * @param inputUsdPerMillion US dollars for a million tokens in; not negative
 * @param outputUsdPerMillion likewise for tokens out, reasoning tokens among them
 * @param usdPerRequest US dollars for each request beside its tokens
 */
public record Prices(double inputUsdPerMillion, double outputUsdPerMillion, double usdPerRequest)
    implements Serializable {
  /** A model server of one's own. */
  public static final Prices DEFAULT = new Prices(0, 0, 0);

  private static final double MILLION = 1_000_000;

  /** Checks the bounds. */
  public Prices {
    new Checks()
        .notNegative("input_usd_per_million", inputUsdPerMillion)
        .notNegative("output_usd_per_million", outputUsdPerMillion)
        .notNegative("usd_per_request", usdPerRequest)
        .orThrow();
  }

  /** US dollars for one request that used so many tokens. */
  public double usd(long inputTokens, long outputTokens) {
    return usdPerRequest
        + (inputTokens * inputUsdPerMillion + outputTokens * outputUsdPerMillion) / MILLION;
  }

  /** Whether calls cost nothing. */
  public boolean areFree() {
    return inputUsdPerMillion == 0 && outputUsdPerMillion == 0 && usdPerRequest == 0;
  }
}
