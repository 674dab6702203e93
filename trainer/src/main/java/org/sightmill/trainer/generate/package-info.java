/**
 * Sampling from a policy: prompts are encoded once for all their samples, rows stop one by one, and
 * the rows that are done leave the batch. Start at {@link
 * org.sightmill.trainer.generate.Generator}.
 */
package org.sightmill.trainer.generate;
