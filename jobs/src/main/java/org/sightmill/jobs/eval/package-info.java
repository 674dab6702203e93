/**
 * Benchmarks on Spark: asks a model on executors, keeps what it said, scores it, compares arms. The
 * benchmarks themselves, their rules and the statistics are the trainer's. Internal.
 */
package org.sightmill.jobs.eval;
