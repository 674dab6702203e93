package org.sightmill.pipeline.teacher.spend;

import java.io.Serializable;
import org.sightmill.pipeline.check.Checks;

/**
 * What a provider lets all tasks of a run do together; 0 = no limit.
 *
 * @param requestsPerSecond requests on the wire
 * @param tokensPerSecond in and out together, counted at the most a call can use until it ends
 */
public record Rates(double requestsPerSecond, double tokensPerSecond) implements Serializable {
  /** No limit. */
  public static final Rates DEFAULT = new Rates(0, 0);

  /** Checks the bounds. */
  public Rates {
    new Checks()
        .notNegative("requests_per_second", requestsPerSecond)
        .notNegative("tokens_per_second", tokensPerSecond)
        .orThrow();
  }

  /** Whether nothing is limited. */
  public boolean areUnlimited() {
    return requestsPerSecond == 0 && tokensPerSecond == 0;
  }
}
