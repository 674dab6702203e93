/**
 * Step 6: splits verified rows into supervised fine-tuning and reinforcement learning data. Start
 * at {@link org.sightmill.pipeline.curate.CurateStep}; {@link
 * org.sightmill.pipeline.curate.SplitTable} prints the counts as the paper does.
 */
package org.sightmill.pipeline.curate;
