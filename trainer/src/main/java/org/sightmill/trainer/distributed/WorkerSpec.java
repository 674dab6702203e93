package org.sightmill.trainer.distributed;

import java.io.Serializable;
import org.sightmill.trainer.distributed.exchange.Meeting;

/**
 * All that an executor needs to become a worker of a run.
 *
 * @param <R> the kind of replica
 */
record WorkerSpec<R extends WorkerReplica<?>>(
    Meeting meeting, ModelFiles model, ReplicaFactory<R> factory) implements Serializable {}
