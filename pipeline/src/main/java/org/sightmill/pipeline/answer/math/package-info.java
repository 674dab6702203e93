/**
 * Internal to {@code pipeline.answer}: reading formulas from LaTeX or plain text and deciding
 * whether two of them mean the same. Start at {@link org.sightmill.pipeline.answer.math.Formula}.
 * Nothing here is meant for users of the library.
 */
package org.sightmill.pipeline.answer.math;
