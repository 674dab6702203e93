package org.sightmill.trainer.loss;

/**
 * What is done with the ratio r of new to old probability and the advantage A of a token, and how
 * tokens are averaged. Names and formulas are TRL's. Below l is the loss of a token without its KL
 * term, and "over sequences" the mean over a sequence's tokens, then over sequences.
 */
public enum LossType {
  /** Clipped surrogate over sequences (DeepSeekMath). */
  GRPO(Formula.CLIPPED, Average.SEQUENCES),
  /** Clipped surrogate over the batch's tokens. */
  BNPO(Formula.CLIPPED, Average.TOKENS),
  /** Clipped surrogate over the most tokens that there could be (Dr. GRPO). */
  DR_GRPO(Formula.CLIPPED, Average.CAPACITY),
  /** Clipped surrogate over all tokens of the generation batch (DAPO). */
  DAPO(Formula.CLIPPED, Average.TOKENS),
  /** l = -stop(min(r, high)) A log p, over tokens (MiniMax-M1). */
  CISPO(Formula.CISPO, Average.TOKENS),
  /** l = -4/t sigmoid(t (r - 1)) A with t = 1 for A above 0, else 1.05; over sequences. */
  SAPO(Formula.SAPO, Average.SEQUENCES),
  /** Clipped surrogate times the sequence's length. */
  LUSPO(Formula.CLIPPED, Average.LENGTH_WEIGHTED),
  /**
   * l = -stop(phi(w)) A log p with w the ratio of whole sequences, phi = exp(c + k log w - c w) and
   * (k, c) = (2, 3) for A of at least 0, else (3, 2); over tokens.
   */
  VESPO(Formula.VESPO, Average.TOKENS);

  /** The loss of one token. */
  enum Formula {
    CLIPPED,
    CISPO,
    SAPO,
    VESPO
  }

  /** How tokens are averaged. */
  enum Average {
    SEQUENCES,
    TOKENS,
    CAPACITY,
    LENGTH_WEIGHTED
  }

  private final Formula formula;
  private final Average average;

  LossType(Formula formula, Average average) {
    this.formula = formula;
    this.average = average;
  }

  Formula formula() {
    return formula;
  }

  Average average() {
    return average;
  }
}
