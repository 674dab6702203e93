package org.sightmill.pipeline.calls;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.teacher.log.Durability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each account of a run holds, a line of JSON whenever that changes, durable before anybody
 * acts on it. The last line of an account counts: money that a dead driver's executors held is
 * spent.
 */
final class SpendingJournal {
  private static final Logger LOG = LoggerFactory.getLogger(SpendingJournal.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".jsonl";

  private final FileSystem fileSystem;
  private final Path folder;
  private final String driver = UUID.randomUUID().toString();
  private final SortedMap<String, Long> earlierNanos;
  private final Durability durability;
  private FSDataOutputStream out;
  private int files;

  private SpendingJournal(FileSystem fileSystem, Path folder) throws IOException {
    this.fileSystem = Durability.writable(fileSystem);
    this.folder = folder;
    this.earlierNanos = Collections.unmodifiableSortedMap(read());
    this.durability = Durability.probe(this.fileSystem, folder);
  }

  /** A line: what an account holds from now on. */
  record Entry(String role, String account, long heldNanos, long atMs) {}

  /** Opens the journal in a folder, which need not exist, and reads what earlier drivers wrote. */
  static SpendingJournal open(Path folder, Configuration hadoop) {
    try {
      return new SpendingJournal(folder.getFileSystem(hadoop), folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the journal of spending in " + folder, e);
    }
  }

  /** What earlier drivers of this run spent, or may have spent, by role. */
  SortedMap<String, Long> earlierNanos() {
    return earlierNanos;
  }

  private SortedMap<String, Long> read() throws IOException {
    Map<String, Entry> last = new HashMap<>();
    for (FileStatus file : listed()) {
      read(file.getPath(), last);
    }
    SortedMap<String, Long> sums = new TreeMap<>();
    last.values().forEach(entry -> sums.merge(entry.role(), entry.heldNanos(), Long::sum));
    return sums;
  }

  private FileStatus[] listed() throws IOException {
    try {
      FileStatus[] found = fileSystem.listStatus(folder, path -> path.getName().endsWith(SUFFIX));
      // By name: a driver's files are numbered in the order of its entries.
      java.util.Arrays.sort(
          found, java.util.Comparator.comparing(file -> file.getPath().getName()));
      return found;
    } catch (FileNotFoundException e) {
      // The first driver of this run.
      return new FileStatus[0];
    }
  }

  private void read(Path file, Map<String, Entry> last) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(fileSystem.open(file), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Entry entry = JSON.readValue(line, Entry.class);
        last.put(entry.role() + " " + entry.account(), entry);
      }
    } catch (JacksonException e) {
      // The line that a driver was writing when it died: nobody acted on it.
      LOG.info("the last line of {} is not whole", file);
    }
  }

  /** An account holds so much from now on; durable when this returns. */
  synchronized void held(String role, String account, long heldNanos) {
    Entry entry = new Entry(role, account, heldNanos, System.currentTimeMillis());
    try {
      if (out == null) {
        out = fileSystem.create(new Path(folder, "%s-%08d%s".formatted(driver, files++, SUFFIX)));
      }
      out.write(JSON.writeValueAsBytes(entry));
      out.write('\n');
      durability.commit(out);
      if (durability == Durability.CLOSE) {
        out = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the journal of spending in " + folder, e);
    }
  }

  synchronized void close() {
    try {
      if (out != null) {
        out.close();
        out = null;
      }
    } catch (IOException e) {
      LOG.warn("the journal of spending did not close: {}", e.toString());
    }
  }
}
