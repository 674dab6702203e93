package org.sightmill.jobs.provenance;

import java.util.List;

/**
 * The content of {@code _run/status.json}.
 *
 * @param state {@code running}, {@code done}, {@code failed}, {@code invalid}, {@code gate} or
 *     {@code stopped}
 * @param exitCode null while it runs
 * @param messages why it ended so; empty when done
 * @param endedAt null while it runs
 */
public record RunStatus(
    String command,
    String state,
    Integer exitCode,
    List<String> messages,
    String startedAt,
    String endedAt) {

  /** Copies the messages. */
  public RunStatus {
    messages = List.copyOf(messages);
  }
}
