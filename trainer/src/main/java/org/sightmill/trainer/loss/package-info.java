/**
 * The losses of group-relative policy optimisation as pure functions of tensors: in go
 * log-probabilities, out come the loss, its gradient and the metrics. Start at {@link
 * org.sightmill.trainer.loss.GrpoLoss}.
 */
package org.sightmill.trainer.loss;
