package org.sightmill.pipeline.teacher;

import java.util.List;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * What a teacher may know of the row beside the filled prompt. Every text is null when the row has
 * none.
 *
 * @param imagePath relative to the run's folder
 * @param gold the gold answer; given to repairer, judge and scorer, null for every other role
 * @param response the text to rewrite or to judge; null for captioner and reasoner
 */
public record TeacherRow(
    String sampleId,
    String source,
    String imageSha256,
    String imagePath,
    String question,
    List<String> choices,
    AnswerType answerType,
    String caption,
    String context,
    String rationale,
    String response,
    String gold) {}
