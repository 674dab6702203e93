package org.sightmill.pipeline.teacher.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Joins small segments into one for each bucket, dropping records that a later one of the same
 * request has replaced. Only for who holds the {@link LogLease}, while no executor of his appends.
 *
 * <p>Safe at any point of a crash: old segments are deleted when the new ones are closed, and until
 * then every record is in one of both at least. Segments that were written to a short time ago are
 * left alone: an executor whose driver is gone may live for some more seconds.
 */
public final class Compaction {
  /** Fewer small segments than this in a bucket are no burden. */
  static final int FEWEST_SEGMENTS = 32;

  /** A segment of this length is not small. */
  private static final long SMALL_BYTES = 64L << 20;

  /** Longer than an executor outlives its driver: Spark's network timeout is two minutes. */
  static final long QUIET_MILLIS = 10 * 60_000L;

  private final ResponseFolder log;
  private final int fewestSegments;
  private final long quietMillis;
  private long segmentsJoined;

  Compaction(ResponseFolder log, int fewestSegments, long quietMillis) {
    this.log = log;
    this.fewestSegments = fewestSegments;
    this.quietMillis = quietMillis;
  }

  /**
   * Compacts the log in a folder where it is worth it.
   *
   * @return how many segments were joined
   */
  public static long run(String folder, Configuration hadoop) {
    ResponseLogs.closeAll();
    try (ResponseFolder log = ResponseLogs.open(folder, hadoop)) {
      return new Compaction(log, FEWEST_SEGMENTS, QUIET_MILLIS).run();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compact the response log in " + folder, e);
    }
  }

  long run() throws IOException {
    long now = fileSystemMillis();
    for (Bucket bucket : log.buckets().values()) {
      Set<String> small = small(bucket, now);
      if (small.size() >= fewestSegments) {
        join(
            bucket,
            bucket.segments().stream()
                .filter(segment -> small.contains(segment.path().getName()))
                .toList());
        segmentsJoined += small.size();
      }
    }
    return segmentsJoined;
  }

  /** The time by the clock that dates files. */
  private long fileSystemMillis() throws IOException {
    Path probe = new Path(log.folder(), "_probe-clock");
    FileSystem fileSystem = log.fileSystem();
    fileSystem.create(probe, true).close();
    long now = fileSystem.getFileStatus(probe).getModificationTime();
    fileSystem.delete(probe, false);
    return now;
  }

  /** Names, by listing alone: most logs need no compaction, and reading one takes long. */
  private Set<String> small(Bucket bucket, long now) throws IOException {
    Set<String> small = new HashSet<>();
    for (FileStatus file : bucket.listed()) {
      if (file.getLen() < SMALL_BYTES && now - file.getModificationTime() >= quietMillis) {
        small.add(file.getPath().getName());
      }
    }
    return small;
  }

  private void join(Bucket from, List<Segment> segments) throws IOException {
    Map<Bucket, FSDataOutputStream> outs = new HashMap<>();
    try {
      for (Segment segment : segments) {
        segment.scan(
            0,
            (header, json, offset) -> {
              if (from.isLatest(segment, header.key(), offset)) {
                copy(header, json, out(outs, header.key()));
              }
            });
      }
    } finally {
      for (FSDataOutputStream out : outs.values()) {
        out.close();
      }
    }
    for (Segment segment : segments) {
      log.fileSystem().delete(segment.path(), false);
    }
  }

  private FSDataOutputStream out(Map<Bucket, FSDataOutputStream> outs, String key)
      throws IOException {
    Bucket bucket = log.buckets().get(key.substring(0, 1));
    FSDataOutputStream out = outs.get(bucket);
    if (out == null) {
      out = log.fileSystem().create(log.newSegment(bucket), false);
      outs.put(bucket, out);
    }
    return out;
  }

  private static void copy(RecordFormat.Header header, byte[] json, FSDataOutputStream out)
      throws IOException {
    out.write(RecordFormat.header(header));
    out.write(json, 0, header.length());
    out.write('\n');
  }
}
