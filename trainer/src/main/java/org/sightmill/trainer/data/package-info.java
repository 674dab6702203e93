/**
 * From rows of the data set to what a policy takes: system prompt, question with its answer
 * instruction, pictures, limits; and the reply for supervised training. Start at {@link
 * org.sightmill.trainer.data.PromptMaker}.
 */
package org.sightmill.trainer.data;
