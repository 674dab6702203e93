package org.sightmill.trainer.distributed;

import java.io.Serializable;
import org.sightmill.trainer.sft.SftTask;

/**
 * A step whose tokens are counted.
 *
 * @param tokens that count, over all shards
 */
record CountedSftTask(SftTask task, double tokens) implements Serializable {}
