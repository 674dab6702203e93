package org.sightmill.pipeline.calls;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sightmill.pipeline.teacher.log.LoggedReply;
import org.sightmill.pipeline.teacher.log.ResponseLog;

/** A log that has no reply older than that for the rows that are taken up again. */
final class RetakingLog implements ResponseLog {
  private final ResponseLog log;
  private final Map<String, Long> since;

  RetakingLog(ResponseLog log, Map<String, Long> since) {
    this.log = log;
    this.since = since;
  }

  @Override
  public Optional<LoggedReply> find(String requestSha256, String sampleId) {
    return log.find(requestSha256, sampleId)
        .filter(reply -> reply.atMs() > since.getOrDefault(sampleId, Long.MIN_VALUE));
  }

  /** A reply that a slow clock dates before the row was taken up would never count. */
  @Override
  public CompletionStage<Void> append(LoggedReply reply) {
    Long from = since.get(reply.sampleId());
    return log.append(from == null || reply.atMs() > from ? reply : reply.withAtMs(from + 1));
  }
}
