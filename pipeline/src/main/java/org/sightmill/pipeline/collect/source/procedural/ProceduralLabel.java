package org.sightmill.pipeline.collect.source.procedural;

import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * All of a generated item but its picture; equal on every machine.
 *
 * @param id unique within a seed: {@code procedural-<seed in hex>-<index>}
 * @param question the question; it states the answer's form where that matters
 * @param choices the options of a chart question, null for the other families
 * @param answer the gold: a number, a letter, LaTeX {@code y=...}, a box {@code [x1, y1, x2, y2]}
 *     in fractions of the picture with three decimals, or a short text
 * @param answerType how the answer is judged
 * @param context the true caption of the picture; enough to answer without seeing it
 * @param rationale a worked solution that ends with "the answer is ..."
 * @param concludedAnswer the answer that the rationale ends with, in the form of {@code answer};
 *     wrong at the configured rate
 * @param family the kind of question
 * @param difficulty from 1
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param meta a JSON object: seed, index, family, difficulty and the scene with its objects
 */
public record ProceduralLabel(
    String id,
    String question,
    Choices choices,
    String answer,
    AnswerType answerType,
    String context,
    String rationale,
    String concludedAnswer,
    ProceduralFamily family,
    int difficulty,
    int width,
    int height,
    String meta) {}
