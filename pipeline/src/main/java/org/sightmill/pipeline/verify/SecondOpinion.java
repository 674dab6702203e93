package org.sightmill.pipeline.verify;

import org.sightmill.pipeline.answer.Verdict;

/** On which verdicts of the rule verifier the judge is asked too; its word then counts. */
public enum SecondOpinion {
  /** On none: the rule verifier decides alone wherever it applies. */
  NONE,
  /** Where the rule verifier could not decide. */
  UNDECIDED,
  /** On everything that the rule verifier does not find equal. */
  NOT_EQUAL,
  /** On everything. */
  ALL;

  boolean wantedOn(Verdict verdict) {
    return switch (this) {
      case NONE -> false;
      case UNDECIDED -> verdict != Verdict.EQUAL && verdict != Verdict.DIFFERENT;
      case NOT_EQUAL -> verdict != Verdict.EQUAL;
      case ALL -> true;
    };
  }
}
