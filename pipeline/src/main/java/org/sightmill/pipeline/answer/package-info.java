/**
 * Is this answer right? Extracting, reading and judging answers: numbers, choices, expressions,
 * boxes and text. A library on its own: JDK and apfloat only. Start at {@link
 * org.sightmill.pipeline.answer.Grader}.
 */
package org.sightmill.pipeline.answer;
