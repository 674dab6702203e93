package org.sightmill.pipeline.teacher.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One open log for each folder and JVM, so that all tasks of an executor share an index and a
 * writer.
 */
public final class ResponseLogs {
  private static final Map<String, ResponseFolder> OPEN = new ConcurrentHashMap<>();

  private ResponseLogs() {}

  /** The log in a folder, which need not exist; sees everything durable before this call. */
  public static ResponseFolder shared(String folder, Configuration hadoop) {
    ResponseFolder log = OPEN.computeIfAbsent(folder, path -> open(path, hadoop));
    log.expire();
    return log;
  }

  /** A log of the caller's own. */
  public static ResponseFolder open(String folder, Configuration hadoop) {
    Path path = new Path(folder);
    try {
      return new ResponseFolder(path.getFileSystem(hadoop), path, LogSettings.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach the response log in " + folder, e);
    }
  }

  /** Closes every shared log of this JVM; one that is used again is opened again. */
  public static void closeAll() {
    for (String folder : OPEN.keySet()) {
      ResponseFolder log = OPEN.remove(folder);
      if (log != null) {
        log.close();
      }
    }
  }
}
