package org.sightmill.pipeline.teacher;

import org.sightmill.pipeline.prompt.Prompt;

/**
 * One call.
 *
 * @param system the filled system prompt; null leaves it to the server, whose chat template may
 *     have one
 * @param user the filled user prompt
 * @param promptSha256 of the template files, for provenance
 */
public record TeacherRequest(
    Role role, String system, String user, String promptSha256, TeacherRow row) {

  /** The request that {@code prompt}, filled from {@code row}, makes. */
  public static TeacherRequest of(Role role, Prompt prompt, TeacherRow row) {
    RowValues values = new RowValues(row);
    return new TeacherRequest(
        role, prompt.system(values), prompt.user(values), prompt.sha256(), row);
  }
}
