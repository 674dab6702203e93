package org.sightmill.jobs.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.sightmill.jobs.config.PathProbe;
import org.sightmill.pipeline.collect.SourceReaders;

/**
 * Looks at paths as Spark will see them. A plain path on a machine without Hadoop settings is
 * looked at without Hadoop, which takes a second to load.
 */
public final class HadoopProbe implements PathProbe {
  private static final Pattern NOT_PLAIN = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*:|[*?\\[{]");

  @Override
  public Optional<String> unknownReader(String name) {
    return SourceReaders.load().problem(name);
  }

  @Override
  public Optional<String> unreadable(String path) {
    if (isPlainLocal(path)) {
      return unreadableHere(path);
    }
    try {
      org.apache.hadoop.fs.Path hadoopPath = new org.apache.hadoop.fs.Path(path);
      FileStatus[] found = fileSystem(hadoopPath).globStatus(hadoopPath);
      return found == null || found.length == 0
          ? Optional.of("names no file or folder: " + path)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("can't be reached: " + path + ": " + RootCause.text(e));
    }
  }

  @Override
  public Optional<String> unwritable(String path) {
    if (isPlainLocal(path)) {
      return unwritableHere(path);
    }
    try {
      org.apache.hadoop.fs.Path hadoopPath = new org.apache.hadoop.fs.Path(path);
      FileSystem fileSystem = fileSystem(hadoopPath);
      return fileSystem.exists(hadoopPath) && !fileSystem.getFileStatus(hadoopPath).isDirectory()
          ? Optional.of("must be a folder but is a file: " + path)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("can't be reached: " + path + ": " + RootCause.text(e));
    }
  }

  private static Optional<String> unreadableHere(String path) {
    try {
      Path file = Path.of(path);
      if (!Files.exists(file)) {
        return Optional.of("names no file or folder: " + file.toAbsolutePath().normalize());
      }
      return Files.isReadable(file)
          ? Optional.empty()
          : Optional.of("may not be read: " + file.toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Optional.of("is not a path: " + e.getMessage());
    }
  }

  private static Optional<String> unwritableHere(String path) {
    try {
      Path folder = Path.of(path).toAbsolutePath().normalize();
      Path existing = folder;
      while (existing != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      if (existing == null || !Files.isDirectory(existing)) {
        return Optional.of("must be a folder but " + existing + " is a file");
      }
      return Files.isWritable(existing)
          ? Optional.empty()
          : Optional.of("can't be written: no permission in " + existing);
    } catch (InvalidPathException e) {
      return Optional.of("is not a path: " + e.getMessage());
    }
  }

  private static boolean isPlainLocal(String path) {
    return !NOT_PLAIN.matcher(path).find()
        && System.getProperty("spark.hadoop.fs.defaultFS") == null
        && HadoopProbe.class.getResource("/core-site.xml") == null;
  }

  /** A file system that gives up soon: a person waits for the answer. */
  private static FileSystem fileSystem(org.apache.hadoop.fs.Path path) throws IOException {
    Configuration hadoop = HadoopSettings.fromProperties();
    hadoop.setInt("ipc.client.connect.max.retries", 1);
    hadoop.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    hadoop.setInt("ipc.client.connect.timeout", 5_000);
    hadoop.setInt("dfs.client.failover.max.attempts", 2);
    hadoop.setInt("fs.s3a.attempts.maximum", 2);
    hadoop.setInt("fs.s3a.retry.limit", 1);
    return FileSystem.newInstance(path.toUri(), hadoop);
  }
}
