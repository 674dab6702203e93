/**
 * The vocabulary of a visual question: answer types, choices, boxes, images and provenance. Plain
 * values of the JDK; start at {@link org.sightmill.pipeline.sample.AnswerType}.
 */
package org.sightmill.pipeline.sample;
