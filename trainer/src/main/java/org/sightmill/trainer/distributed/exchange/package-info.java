/**
 * Gradients summed and steps committed between processes over TCP; knows neither Spark nor tensors.
 * The driver runs a {@link org.sightmill.trainer.distributed.exchange.Coordinator}; each worker
 * keeps a {@link org.sightmill.trainer.distributed.exchange.PeerServer} for its lifetime and takes
 * part in a step as a {@link org.sightmill.trainer.distributed.exchange.Participant} around its
 * {@link org.sightmill.trainer.distributed.exchange.Replica}. Internal to the trainer.
 */
package org.sightmill.trainer.distributed.exchange;
