package org.sightmill.pipeline.teacher.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.teacher.log.HashIndex.Key;

/**
 * One folder of segments with an index of what they hold: offsets, not texts. Reads what has been
 * added since when it is told that something may have been. Thread-safe.
 */
final class Bucket {
  /** A place is a segment and an offset in it: 2^23 segments of a terabyte. */
  private static final int OFFSET_BITS = 40;

  private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;

  /** How far a segment of this JVM has been read: not at all, its appends tell. */
  private static final long OWN = -1;

  private final FileSystem fileSystem;
  private final Path folder;
  private final HashIndex index = new HashIndex();
  private final List<Segment> segments = new ArrayList<>();

  /** How far each segment has been read, by name. Segments of this JVM are not read. */
  private final Map<String, Reading> readings = new HashMap<>();

  private boolean stale = true;

  Bucket(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  /** A record's whereabouts. */
  record Found(Segment segment, long offset, long atMs) {}

  private static final class Reading {
    private final int segment;
    private long upTo;

    Reading(int segment) {
      this.segment = segment;
    }
  }

  Path folder() {
    return folder;
  }

  /** Somebody may have written: the next look-up reads what is new. */
  synchronized void expire() {
    stale = true;
  }

  /** The latest record of this key. */
  synchronized Optional<Found> find(Key key) throws IOException {
    refresh();
    long place = index.place(key);
    return place == HashIndex.ABSENT
        ? Optional.empty()
        : Optional.of(
            new Found(
                segments.get((int) (place >>> OFFSET_BITS)), place & OFFSET_MASK, index.atMs(key)));
  }

  /** Whether this record is the one that counts. */
  synchronized boolean isLatest(Segment segment, String key, long offset) {
    Reading reading = readings.get(segment.path().getName());
    return reading != null
        && index.place(Key.of(key)) == ((long) reading.segment << OFFSET_BITS | offset);
  }

  /** A new segment that this JVM writes; what it appends is put in with {@link #appended}. */
  synchronized int own(Path path) {
    return add(path).segment;
  }

  /** A record of this JVM is durable. */
  synchronized void appended(int segment, long offset, RecordFormat.Header header) {
    index.put(Key.of(header.key()), (long) segment << OFFSET_BITS | offset, header.atMs());
  }

  /** Every segment there is, after reading what is new. */
  synchronized List<Segment> segments() throws IOException {
    refresh();
    return List.copyOf(segments);
  }

  synchronized int answers() throws IOException {
    refresh();
    return index.size();
  }

  private void refresh() throws IOException {
    if (!stale) {
      return;
    }
    for (FileStatus file : listed()) {
      read(file);
    }
    stale = false;
  }

  /** The files there are now, without reading them. */
  FileStatus[] listed() throws IOException {
    try {
      return fileSystem.listStatus(folder, path -> path.getName().endsWith(ResponseFolder.SUFFIX));
    } catch (FileNotFoundException e) {
      // Nothing has been logged here yet.
      return new FileStatus[0];
    }
  }

  private void read(FileStatus file) throws IOException {
    String name = file.getPath().getName();
    Reading reading = readings.get(name);
    if (reading == null) {
      reading = add(file.getPath());
      reading.upTo = 0;
    }
    if (reading.upTo != OWN && mayHaveGrown(file, reading.upTo)) {
      int segment = reading.segment;
      reading.upTo =
          segments
              .get(segment)
              .scan(reading.upTo, (header, json, offset) -> appended(segment, offset, header));
    }
  }

  /**
   * While a file is open, and for long after its writer was killed, HDFS lists less than can be
   * read: a length of 0 as long as the first block is open. What is listed is read only to save
   * opening files that nobody writes any more.
   */
  private static boolean mayHaveGrown(FileStatus file, long upTo) {
    return file.getLen() == 0 || file.getLen() != upTo;
  }

  private Reading add(Path path) {
    Reading reading = new Reading(segments.size());
    reading.upTo = OWN;
    segments.add(new Segment(fileSystem, path));
    readings.put(path.getName(), reading);
    return reading;
  }
}
