package org.sightmill.pipeline.teacher.openai;

import org.sightmill.pipeline.teacher.spend.Permit;
import org.sightmill.pipeline.teacher.spend.Prices;

/**
 * The most that one attempt can use, and what it turned out to use.
 *
 * @param maximumTokens in and out together
 * @param maximumUsd US dollars
 */
record Charge(Prices prices, long maximumTokens, double maximumUsd) {
  /** What chat templates put around two messages is well under this. */
  private static final int TEMPLATE_TOKENS = 64;

  /** One token for this many pixels is above what today's models take. */
  private static final int PIXELS_PER_TOKEN = 512;

  /**
   * The bound for a request: a token is at least a byte of text.
   *
   * @param textBytes of the messages, in UTF-8
   * @param picturePixels most pixels of its picture, 0 without one
   */
  static Charge of(Prices prices, long textBytes, long picturePixels, long maximumReplyTokens) {
    long input = textBytes + TEMPLATE_TOKENS + picturePixels / PIXELS_PER_TOKEN;
    return new Charge(prices, input + maximumReplyTokens, prices.usd(input, maximumReplyTokens));
  }

  /** Settles by what the server counted, in full where it did not; returns US dollars. */
  double settle(Permit.Granted permit, Usage usage) {
    if (!usage.isKnown()) {
      permit.settleInFull();
      return maximumUsd;
    }
    double usd = prices.usd(usage.inputTokens(), usage.outputTokens());
    permit.settle(usage.inputTokens() + usage.outputTokens(), usd);
    return usd;
  }

  /** Settles a failed attempt; returns US dollars. */
  double settle(Permit.Granted permit, CallFailure failure) {
    if (failure.usage().isKnown() || failure.fault().mayBeCharged()) {
      return settle(permit, failure.usage());
    }
    permit.settle(0, 0);
    return 0;
  }
}
