package org.sightmill.pipeline.teacher.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Appends the records of one JVM, in segments of its own. One thread writes what has gathered and
 * then makes it durable at once, so that a slow disk gets larger batches instead of a queue. It
 * runs stages that depend on an append: those must be short.
 */
final class LogWriter implements AutoCloseable {
  /** Records written between two commits at most. */
  private static final int BATCH = 1_024;

  private final Function<String, OpenSegment> opener;
  private final LogSettings settings;
  private final BlockingQueue<Append> queue = new LinkedBlockingQueue<>();
  private final Map<String, OpenSegment> open = new HashMap<>();
  private final Thread thread = new Thread(this::run, "sightmill-response-log");
  private volatile boolean closing;

  /**
   * @param opener opens a new segment for records of this bucket
   */
  LogWriter(LogSettings settings, Function<String, OpenSegment> opener) {
    this.settings = settings;
    this.opener = opener;
    thread.setDaemon(true);
    thread.start();
  }

  /** A record on its way. */
  record Append(String bucket, byte[] bytes, CompletableFuture<Void> done) {}

  /** Ends the wait for a record. */
  private static final Append WAKE = new Append("", new byte[0], new CompletableFuture<>());

  CompletionStage<Void> append(String bucket, byte[] bytes) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (closing) {
      return CompletableFuture.failedFuture(new IOException("the response log is closed"));
    }
    queue.add(new Append(bucket, bytes, done));
    return done;
  }

  private void run() {
    boolean more = true;
    while (more) {
      boolean last = closing;
      for (Append append : gathered()) {
        write(append);
      }
      List.copyOf(open.values()).forEach(segment -> commitIfDue(segment, last));
      more = !last || !queue.isEmpty();
    }
    List.copyOf(open.values()).forEach(this::retire);
  }

  private List<Append> gathered() {
    List<Append> batch = new ArrayList<>();
    try {
      Append first = queue.poll(waitMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, BATCH - 1);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but a JVM that ends: what has gathered is written.
      closing = true;
    }
    batch.remove(WAKE);
    return batch;
  }

  /** Until the oldest record that waits for its file to be closed has waited long enough. */
  private long waitMillis() {
    return open.values().stream()
        .mapToLong(segment -> segment.millisUntilDue(settings))
        .min()
        .orElse(settings.closeMillis());
  }

  private void write(Append append) {
    try {
      OpenSegment segment = open.computeIfAbsent(append.bucket(), opener);
      segment.write(append);
      if (segment.isFull(settings)) {
        commit(segment);
      }
    } catch (IOException | RuntimeException e) {
      abandon(append.bucket(), e);
      append.done().completeExceptionally(asIoException(e));
    }
  }

  private void commitIfDue(OpenSegment segment, boolean last) {
    if (segment.millisUntilDue(settings) <= 0 || (last && segment.hasWaiting())) {
      commit(segment);
    }
  }

  private void commit(OpenSegment segment) {
    try {
      segment.commit();
      if (segment.isClosed()) {
        open.remove(segment.bucket(), segment);
      } else if (segment.bytes() >= settings.segmentBytes()) {
        retire(segment);
      }
    } catch (IOException | RuntimeException e) {
      abandon(segment.bucket(), e);
    }
  }

  private void retire(OpenSegment segment) {
    open.remove(segment.bucket(), segment);
    segment.close();
  }

  /** After a failed write nobody knows how the file ends: the next record gets a new one. */
  private void abandon(String bucket, Exception why) {
    OpenSegment segment = open.remove(bucket);
    if (segment != null) {
      segment.fail(asIoException(why));
      segment.close();
    }
  }

  private static IOException asIoException(Exception e) {
    if (e instanceof java.io.UncheckedIOException unchecked) {
      return unchecked.getCause();
    }
    return e instanceof IOException io ? io : new IOException("cannot log a reply: " + e, e);
  }

  /** Writes what has gathered and closes all files. Appends that come later fail. */
  @Override
  public void close() {
    closing = true;
    queue.add(WAKE);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    failRest();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void failRest() {
    Append[] rest = queue.toArray(new Append[0]);
    Arrays.stream(rest)
        .forEach(
            append ->
                append.done().completeExceptionally(new IOException("the response log is closed")));
  }
}
