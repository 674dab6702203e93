package org.sightmill.pipeline.teacher.log;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Answers by what was asked. Thread-safe; one log is shared by all tasks of a JVM, and not closed
 * by them.
 *
 * <p>A client looks here before every call, and hands out an answer only when its {@link #append}
 * has completed: what a row was given is then never asked for again.
 */
public interface ResponseLog {
  /**
   * The latest reply to this request, a final failure included. Reads from storage: some
   * milliseconds where that is remote.
   *
   * @param requestSha256 hexadecimal, of everything that decides the reply
   * @param sampleId the row that asks: a row that is taken up again is not served what was logged
   *     before
   */
  Optional<LoggedReply> find(String requestSha256, String sampleId);

  /**
   * Keeps a reply. Completes when it is durable, as far as the file system can promise; completes
   * exceptionally, with an {@link java.io.IOException}, when it could not be kept, and then the
   * reply must not be handed out.
   */
  CompletionStage<Void> append(LoggedReply reply);

  /** A log in memory, for tests and for teachers without cost. */
  static ResponseLog inMemory() {
    return new MemoryLog();
  }
}
