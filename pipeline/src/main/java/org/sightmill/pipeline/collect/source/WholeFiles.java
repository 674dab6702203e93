package org.sightmill.pipeline.collect.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Files that can't be split: each is streamed by one task. Their rows are spread afterwards, so
 * that pictures are handled in parallel.
 */
final class WholeFiles {
  private WholeFiles() {}

  /** Where a format's rows come from, one after the other. */
  interface RowStream extends Closeable {
    Optional<Row> read() throws IOException;
  }

  /** Opens a format; sent to executors. */
  interface Opener extends Serializable {
    RowStream open(InputStream in, String file) throws IOException;
  }

  static JavaRDD<Row> read(JavaSparkContext spark, List<FileStatus> files, Opener opener) {
    List<String> paths = files.stream().map(file -> file.getPath().toString()).toList();
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    return spark
        .parallelize(paths, Math.max(1, paths.size()))
        .flatMap(path -> rows(path, hadoop.value(), opener));
  }

  private static Iterator<Row> rows(String path, Configuration hadoop, Opener opener)
      throws IOException {
    RowStream stream = opener.open(Files.open(new Path(path), hadoop), path);
    closeWithTask(stream);
    return new Rows(stream, path);
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

  /** An iterator that closes its stream at the end. */
  private static final class Rows implements Iterator<Row> {
    private final RowStream stream;
    private final String path;
    private Iterator<Row> next = Collections.emptyIterator();
    private boolean ended;

    Rows(RowStream stream, String path) {
      this.stream = stream;
      this.path = path;
    }

    @Override
    public boolean hasNext() {
      if (!ended && !next.hasNext()) {
        next = read();
        ended = !next.hasNext();
      }
      return next.hasNext();
    }

    private Iterator<Row> read() {
      try {
        return stream.read().stream().iterator();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path, e);
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException(path + " has no more records");
      }
      return next.next();
    }
  }
}
