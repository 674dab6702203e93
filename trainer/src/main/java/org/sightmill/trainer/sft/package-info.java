/**
 * Supervised fine-tuning on {@code 6-curate/sft} (VLAA-Thinking section 3.3): the loss is the mean
 * negative log-probability of the reply's tokens; prompt and pictures are masked. Start at {@link
 * org.sightmill.trainer.sft.SftRecipe}.
 */
package org.sightmill.trainer.sft;
