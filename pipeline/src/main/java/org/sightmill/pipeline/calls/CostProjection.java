package org.sightmill.pipeline.calls;

import org.sightmill.pipeline.step.StepName;

/**
 * What a step will cost, from what a sample of its rows did cost.
 *
 * @param rows of the step's input
 * @param sampledRows how many of them were asked about
 * @param sampledUsd what that cost; answers from the log cost nothing
 * @param role those of the step's roles that cost money, for people
 * @param spentUsd what the run has spent on them so far, the sample included
 * @param budgetUsd their caps together; null = one has none
 */
public record CostProjection(
    StepName step,
    String role,
    long rows,
    long sampledRows,
    double sampledUsd,
    double spentUsd,
    Double budgetUsd) {

  /** US dollars for all rows, the sample included. */
  public double totalUsd() {
    return sampledRows == 0 ? 0 : sampledUsd / sampledRows * rows;
  }

  /** One sentence for people. */
  public String sentence() {
    String cap = budgetUsd == null ? "no budget_usd is set" : "budget_usd is " + budgetUsd;
    return "%s will cost about %.2f USD: %d of %d rows were asked about and cost %.4f USD; %s"
        .formatted(step.label(), totalUsd(), sampledRows, rows, sampledUsd, cap);
  }
}
