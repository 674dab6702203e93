/**
 * What a completion earns: the mixed reward of the paper (section 4.1) over the verifier of {@code
 * org.sightmill.pipeline.answer}. Five functions, one for each answer type, an implicit format rule
 * (no answer block, no reward), weights, and every part in the log. Start at {@link
 * org.sightmill.trainer.reward.MixedReward}.
 *
 * <p>What is done differently from the paper, or decided where it is silent:
 *
 * <ul>
 *   <li>beta of the open-ended reward is not given there: 1.0 by default;
 *   <li>without a scoring model, free text earns its similarity to the reference, logged as {@code
 *       open_similarity}: the paper's formula is 0 for every scorer that likes the reference best;
 *   <li>a reference or answer whose score is not finite earns 0 and is counted;
 *   <li>shaping by length and repetition exists and is off.
 * </ul>
 */
package org.sightmill.trainer.reward;
