/**
 * One optimizer step out of the gradients of logical shards, the same for SFT and GRPO, in one
 * process and on many: {@link org.sightmill.trainer.update.FixedTree} sums them in an order that
 * depends on their number alone, {@link org.sightmill.trainer.update.PolicyUpdater} applies the sum
 * and tells the hash of the weights. Start there.
 */
package org.sightmill.trainer.update;
