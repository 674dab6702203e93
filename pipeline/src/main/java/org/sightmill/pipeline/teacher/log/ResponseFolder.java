package org.sightmill.pipeline.teacher.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.teacher.log.HashIndex.Key;

/**
 * The response log in a folder: {@value #BUCKETS} buckets by the first digit of the key, and one
 * for records of every key where only closed files are durable, since a file for each bucket would
 * be sixteen times as many there. Any number of processes may read and append; each appends to
 * files of its own.
 */
public final class ResponseFolder implements ResponseLog, AutoCloseable {
  /** Fixed: the first hexadecimal digit of the key. */
  static final int BUCKETS = 16;

  /** The bucket of every key. */
  static final String MIXED = "mixed";

  /** How segments are named; anything else in a bucket is not read. */
  static final String SUFFIX = ".log";

  private final FileSystem fileSystem;
  private final Path folder;
  private final LogSettings settings;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>();
  private final String process = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicInteger opened = new AtomicInteger();
  private LogWriter writer;
  private Durability durability;

  ResponseFolder(FileSystem fileSystem, Path folder, LogSettings settings) {
    this.fileSystem = Durability.writable(fileSystem);
    this.folder = folder;
    this.settings = settings;
    for (int i = 0; i < BUCKETS; i++) {
      addBucket(Integer.toHexString(i));
    }
    addBucket(MIXED);
  }

  private void addBucket(String name) {
    buckets.put(name, new Bucket(fileSystem, new Path(folder, "bucket=" + name)));
  }

  @Override
  public Optional<LoggedReply> find(String requestSha256, String sampleId) {
    try {
      return read(requestSha256);
    } catch (FileNotFoundException e) {
      // A driver has compacted the log under this reader: the record lies in another segment now.
      expire();
      return readAgain(requestSha256);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the response log in " + folder, e);
    }
  }

  private Optional<LoggedReply> readAgain(String requestSha256) {
    try {
      return read(requestSha256);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the response log in " + folder, e);
    }
  }

  private Optional<LoggedReply> read(String requestSha256) throws IOException {
    Optional<Bucket.Found> found =
        Stream.of(bucketOf(requestSha256), buckets.get(MIXED).find(Key.of(requestSha256)))
            .flatMap(Optional::stream)
            .max(java.util.Comparator.comparingLong(Bucket.Found::atMs));
    return found.isEmpty() ? Optional.empty() : read(requestSha256, found.get());
  }

  private Optional<Bucket.Found> bucketOf(String sha256) throws IOException {
    return buckets.get(sha256.substring(0, 1)).find(Key.of(sha256));
  }

  private static Optional<LoggedReply> read(String key, Bucket.Found found) throws IOException {
    return Optional.ofNullable(found.segment().readOrNull(key, found.offset()));
  }

  @Override
  public CompletionStage<Void> append(LoggedReply reply) {
    try {
      LogWriter open = writer();
      String bucket =
          durability == Durability.CLOSE ? MIXED : reply.requestSha256().substring(0, 1);
      return open.append(bucket, RecordFormat.encode(reply));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private synchronized LogWriter writer() throws IOException {
    if (writer == null) {
      durability = Durability.probe(fileSystem, folder);
      writer = new LogWriter(settings, this::openSegment);
    }
    return writer;
  }

  private OpenSegment openSegment(String name) {
    Bucket bucket = buckets.get(name);
    Path path = newSegment(bucket);
    try {
      FSDataOutputStream out = fileSystem.create(path, false);
      return new OpenSegment(name, bucket, bucket.own(path), out, durability);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a segment of the response log at " + path, e);
    }
  }

  /** A name that no other process uses; in the order of creation, for people. */
  Path newSegment(Bucket bucket) {
    String name =
        "%013d-%s-%d%s"
            .formatted(System.currentTimeMillis(), process, opened.incrementAndGet(), SUFFIX);
    return new Path(bucket.folder(), name);
  }

  /** Other processes may have written: look-ups from now on see what was durable before. */
  public void expire() {
    buckets.values().forEach(Bucket::expire);
  }

  /**
   * How many requests have a reply, by reading everything; an answer in two buckets counts twice.
   */
  public long answers() {
    try {
      long answers = 0;
      for (Bucket bucket : buckets.values()) {
        answers += bucket.answers();
      }
      return answers;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the response log in " + folder, e);
    }
  }

  /** Every bucket by name. */
  Map<String, Bucket> buckets() {
    return buckets;
  }

  /** The files that hold the log, for those who read all of it. */
  public List<Path> segments() {
    try {
      List<Path> paths = new ArrayList<>();
      for (Bucket bucket : buckets.values()) {
        bucket.segments().forEach(segment -> paths.add(segment.path()));
      }
      return paths;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the response log in " + folder, e);
    }
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  Path folder() {
    return folder;
  }

  /** Makes durable what has been appended and closes all files. */
  @Override
  public synchronized void close() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }
}
