package org.sightmill.trainer.grpo;

import java.util.List;

/**
 * What was sampled for one step.
 *
 * @param all groups with rollouts
 * @param kept those that may train
 * @param rejected rows that can't be used, over the whole step
 * @param resampled groups that were drawn in the place of others
 */
record GenerationBatch(
    List<GroupRollouts> all, List<GroupRollouts> kept, List<String> rejected, int resampled) {}
