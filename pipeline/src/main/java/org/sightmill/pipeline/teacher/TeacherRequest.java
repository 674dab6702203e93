package org.sightmill.pipeline.teacher;

/**
 * One call.
 *
 * @param system the filled system prompt
 * @param user the filled user prompt
 * @param promptSha256 of the template files, for provenance
 */
public record TeacherRequest(
    Role role, String system, String user, String promptSha256, TeacherRow row) {}
