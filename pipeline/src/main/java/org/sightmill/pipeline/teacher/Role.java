package org.sightmill.pipeline.teacher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a teacher is asked to do. */
public enum Role {
  /** Describes the picture (step 2). */
  CAPTIONER,
  /** Completes a gold answer that holds a part of what is asked for (step 2). */
  REPAIRER,
  /** Reasons to an answer over caption, question and context (step 3). */
  REASONER,
  /** Removes wording that betrays the caption (step 4). */
  REWRITER,
  /** Says whether an answer agrees with the gold one (step 5). */
  JUDGE,
  /** Scores an answer to a question about a picture (open-ended reward). */
  SCORER,
  /**
   * Is itself what is looked at: answers a benchmark's question about a picture. Its reply is kept
   * as it came, thinking and cut end included. Runs of the six steps know no such role.
   */
  ANSWERER;

  /** The roles that a run's configuration can fill. */
  public static List<Role> ofRuns() {
    return List.of(CAPTIONER, REPAIRER, REASONER, REWRITER, JUDGE, SCORER);
  }

  /** The name in configuration and in {@code conf/prompts}: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with this label. */
  public static Optional<Role> fromLabel(String label) {
    return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
  }
}
