package org.sightmill.pipeline.teacher.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A segment that is being written, by one thread. */
final class OpenSegment {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSegment.class);

  private final String bucket;
  private final Bucket index;
  private final int segment;
  private final FSDataOutputStream out;
  private final Durability durability;
  private final List<Waiting> waiting = new ArrayList<>();
  private long bytes;
  private long firstWaitedNanos;
  private boolean closed;

  /** A segment of {@code bucket}, known to its index by the number {@code segment}. */
  OpenSegment(
      String bucket, Bucket index, int segment, FSDataOutputStream out, Durability durability) {
    this.bucket = bucket;
    this.index = index;
    this.segment = segment;
    this.out = out;
    this.durability = durability;
  }

  /** A record that is written and not yet durable. */
  private record Waiting(LogWriter.Append append, long offset) {}

  String bucket() {
    return bucket;
  }

  long bytes() {
    return bytes;
  }

  boolean isClosed() {
    return closed;
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  void write(LogWriter.Append append) throws IOException {
    if (waiting.isEmpty()) {
      firstWaitedNanos = System.nanoTime();
    }
    waiting.add(new Waiting(append, bytes));
    out.write(append.bytes());
    bytes += append.bytes().length;
  }

  /** Whether it must be committed before the next record. */
  boolean isFull(LogSettings settings) {
    return durability == Durability.CLOSE
        && (waiting.size() >= settings.closeAnswers() || bytes >= settings.closeBytes());
  }

  /** 0 or less: commit now. A long time when nothing waits. */
  long millisUntilDue(LogSettings settings) {
    if (waiting.isEmpty()) {
      return settings.closeMillis();
    }
    if (durability != Durability.CLOSE) {
      return 0;
    }
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - firstWaitedNanos);
    return settings.closeMillis() - waited;
  }

  /** Makes all records durable, tells the index, then those who wait. */
  void commit() throws IOException {
    durability.commit(out);
    closed = durability == Durability.CLOSE;
    for (Waiting record : waiting) {
      RecordFormat.Header header = RecordFormat.headerOrNull(record.append().bytes());
      index.appended(segment, record.offset(), header);
    }
    List<Waiting> done = List.copyOf(waiting);
    waiting.clear();
    done.forEach(record -> record.append().done().complete(null));
  }

  void fail(IOException why) {
    waiting.forEach(record -> record.append().done().completeExceptionally(why));
    waiting.clear();
  }

  /** Closes the file, whatever its state: every record that counts is durable already. */
  void close() {
    try {
      out.close();
    } catch (IOException e) {
      // Expected behind a failed write, which those who waited have been told of.
      LOG.debug("a segment of the response log did not close: {}", e.toString());
    }
  }
}
