/**
 * Group relative policy optimisation with the mixed reward (VLAA-Thinking section 4; DeepSeekMath;
 * TRL's names). Start at {@link org.sightmill.trainer.grpo.GrpoRecipe}, which reads as the method
 * does. What it does itself needs no model: plans, advantages, the KL controller, the schedule. All
 * work on weights is asked of a {@link org.sightmill.trainer.grpo.Crew}: this process ({@link
 * org.sightmill.trainer.grpo.LocalCrew}) or executors, each with one {@link
 * org.sightmill.trainer.grpo.GrpoWorker}.
 */
package org.sightmill.trainer.grpo;
