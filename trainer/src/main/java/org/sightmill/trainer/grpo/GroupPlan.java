package org.sightmill.trainer.grpo;

import java.io.Serializable;

/**
 * One group to sample: which sample, with which seeds.
 *
 * @param position place in the run's endless sequence of prompts, from 0
 * @param sampleIndex the data set's row
 * @param seeds one for each completion
 */
public record GroupPlan(long position, int sampleIndex, long[] seeds) implements Serializable {}
