/**
 * Changing weights by gradients: AdamW in one engine call, learning-rate schedules, clipping by the
 * global norm, and the adaptive weight of the KL term.
 */
package org.sightmill.trainer.optim;
