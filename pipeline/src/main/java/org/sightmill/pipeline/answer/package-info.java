/**
 * Is this answer right? Extracting, reading and judging answers: numbers, choices, expressions,
 * boxes and text. A library on its own: it needs nothing but the JDK. Start at {@link
 * org.sightmill.pipeline.answer.Grader}.
 *
 * <pre>{@code
 * Grade grade = Grader.standard().grade(
 *     new GradeRequest(AnswerType.MATH, "1/2", "$\\frac12$", null, Scope.ANSWER));
 * }</pre>
 *
 * <p>A verdict is EQUAL or DIFFERENT only where that was decided; UNPARSED, UNDEFINED and BUDGET
 * say that it was not, and why. Work is bounded by counts, never by a clock: the same texts get the
 * same verdict anywhere. The policies are in ANSWERS.md of the module.
 */
package org.sightmill.pipeline.answer;
