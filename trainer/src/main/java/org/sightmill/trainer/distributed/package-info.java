/**
 * Training on Spark executors, each with one policy: rollouts and scoring as ordinary tasks,
 * updates by gradients exchanged between executors. The same recipes as in one process run over
 * {@link org.sightmill.trainer.distributed.SparkCrew} and {@link
 * org.sightmill.trainer.distributed.SparkSftCrew}. The only package of the trainer that sees Spark.
 */
package org.sightmill.trainer.distributed;
