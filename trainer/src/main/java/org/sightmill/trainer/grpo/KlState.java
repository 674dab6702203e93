package org.sightmill.trainer.grpo;

import org.sightmill.trainer.optim.KlController;

/** The weight of the divergence over a run: fixed, or adapted once per generation batch. */
final class KlState {
  private final KlSettings settings;
  private double beta;

  KlState(KlSettings settings) {
    this.settings = settings;
    this.beta = settings.beta();
  }

  double beta() {
    return beta;
  }

  /** Goes on with the weight of a resumed run. */
  void restore(double beta) {
    this.beta = beta;
  }

  /** Takes note of a batch's mean divergence per token. */
  void observe(double meanKl, long completions) {
    if (settings.klControl() == KlSettings.Control.ADAPTIVE && Double.isFinite(meanKl)) {
      beta =
          new KlController(beta, settings.klTarget(), settings.klHorizon())
              .after(meanKl, completions)
              .beta();
    }
  }
}
