package org.sightmill.trainer.grpo;

import java.io.Serializable;

/**
 * A group as an update takes it.
 *
 * @param advantages one per completion
 * @param scores of before the first update; null where the update's own forward gives them
 */
public record TrainGroup(GroupRollouts rolled, double[] advantages, GroupScores scores)
    implements Serializable {}
