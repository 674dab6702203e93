/**
 * Functions that other evaluators use, rebuilt from their behaviour with their quirks, so that
 * numbers compare with published ones. They take no part in the project's own verdicts. Start at
 * {@link org.sightmill.pipeline.answer.evaluator.EvaluatorRules}.
 */
package org.sightmill.pipeline.answer.evaluator;
