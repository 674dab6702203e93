/**
 * Benchmarks: reading their files, asking a model, scoring what it said by their own rules and by
 * the project's verifier, and the statistics over that. Knows no Spark. Start at {@link
 * org.sightmill.trainer.eval.Benchmark}, the extension point, and {@link
 * org.sightmill.trainer.eval.Scoring}. What is scored how: EVALUATION.md of the module.
 */
package org.sightmill.trainer.eval;
