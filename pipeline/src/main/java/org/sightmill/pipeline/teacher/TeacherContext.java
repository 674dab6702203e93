package org.sightmill.pipeline.teacher;

import java.io.Serializable;

/**
 * Where a teacher finds what does not travel with the rows. Hadoop URIs.
 *
 * @param runFolder the folder that {@link TeacherRow#imagePath} is relative to
 * @param responsesFolder for answers to keep, shared by all runs
 */
public record TeacherContext(String runFolder, String responsesFolder) implements Serializable {}
