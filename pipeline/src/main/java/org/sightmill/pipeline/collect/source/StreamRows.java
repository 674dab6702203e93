package org.sightmill.pipeline.collect.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;

/** A stream's rows, one at a time. The stream is closed with the task that reads it. */
final class StreamRows implements Iterator<Row> {
  private final RowStream stream;
  private final String file;
  private final Queue<Row> waiting = new ArrayDeque<>();
  private boolean ended;

  StreamRows(RowStream stream, String file) {
    this.stream = stream;
    this.file = file;
    closeWithTask(stream);
  }

  /** A consumer may stop early, as a preview does. */
  private static void closeWithTask(Closeable stream) {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener(
          context -> {
            try {
              stream.close();
            } catch (IOException e) {
              throw new UncheckedIOException("cannot close an input", e);
            }
          });
    }
  }

  @Override
  public boolean hasNext() {
    while (waiting.isEmpty() && !ended) {
      try {
        ended = !stream.read(waiting::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return !waiting.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException(file + " has no more records");
    }
    return waiting.remove();
  }
}
