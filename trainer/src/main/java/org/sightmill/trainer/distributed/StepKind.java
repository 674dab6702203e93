package org.sightmill.trainer.distributed;

import java.util.function.ToIntFunction;

/**
 * The tasks of a recipe's steps.
 *
 * @param shards how many shards a task has
 */
record StepKind<T>(Class<T> type, ToIntFunction<T> shards) {}
