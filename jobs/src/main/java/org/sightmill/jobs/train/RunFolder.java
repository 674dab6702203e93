package org.sightmill.jobs.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The folder that a training writes. Where the run's root is on this machine's disk it is that
 * folder; else a temporary one, of which {@link #publish} brings everything new to the root. A
 * resume point is there as soon as its {@value #STATE} is, which comes last and goes first: whoever
 * dies on the way leaves the one before.
 */
final class RunFolder implements AutoCloseable {
  private static final String CHECKPOINTS = "checkpoints";
  private static final String STATE = "state.json";
  private static final String STEP = "step-";

  private final Path local;
  private final org.apache.hadoop.fs.Path home; // null where the local folder is the place
  private final FileSystem files;
  private final Map<String, Version> published = new HashMap<>();

  /** What tells that a file has changed. */
  private record Version(long bytes, long modifiedMillis) {
    static Version of(Path file) throws IOException {
      return new Version(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }
  }

  private RunFolder(Path local, org.apache.hadoop.fs.Path home, FileSystem files) {
    this.local = local;
    this.home = home;
    this.files = files;
  }

  /** The folder for what lies at {@code home}, any Hadoop URI. */
  static RunFolder of(String home, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(home);
    FileSystem files = path.getFileSystem(hadoop);
    if ("file".equals(files.getScheme())) {
      return new RunFolder(Path.of(path.toUri().getPath()), null, null);
    }
    return new RunFolder(
        Files.createTempDirectory("sightmill-training-"), files.makeQualified(path), files);
  }

  /** Where to write. */
  Path local() {
    return local;
  }

  /** Brings here what a run goes on from: its resume points and its log. */
  void fetch() throws IOException {
    if (home == null || !files.exists(home)) {
      return;
    }
    Set<String> whole = wholeCheckpoints();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(home, true);
    while (found.hasNext()) {
      FileStatus file = found.next();
      String name = nameOf(file.getPath());
      if (isNeeded(name, whole)) {
        Path target = local.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream in = files.open(file.getPath())) {
          Files.copy(in, target);
        }
        published.put(name, Version.of(target));
      }
    }
  }

  private static boolean isNeeded(String name, Set<String> wholeCheckpoints) {
    String[] parts = name.split("/", -1);
    if (parts[0].equals(CHECKPOINTS)) {
      return parts.length == 2 || wholeCheckpoints.contains(parts[1]);
    }
    return parts[0].equals("tensorboard") || parts.length == 1;
  }

  /** A name below the run's folder, with slashes. */
  private String nameOf(org.apache.hadoop.fs.Path path) {
    return home.toUri().relativize(path.toUri()).getPath().replaceFirst("^/", "");
  }

  private Set<String> wholeCheckpoints() throws IOException {
    Set<String> whole = new HashSet<>();
    for (FileStatus folder : remoteCheckpoints()) {
      if (files.exists(new org.apache.hadoop.fs.Path(folder.getPath(), STATE))) {
        whole.add(folder.getPath().getName());
      }
    }
    return whole;
  }

  private List<FileStatus> remoteCheckpoints() throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(home, CHECKPOINTS);
    return files.exists(folder)
        ? Stream.of(files.listStatus(folder))
            .filter(status -> status.getPath().getName().startsWith(STEP))
            .toList()
        : List.of();
  }

  /** Brings everything new to the root, and removes resume points there that are gone here. */
  void publish() throws IOException {
    if (home == null) {
      return;
    }
    for (Path file : filesHere()) {
      String name = local.relativize(file).toString().replace('\\', '/');
      Version version = Version.of(file);
      if (!version.equals(published.get(name))) {
        unlessWhole(name);
        try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(home, name), true)) {
          Files.copy(file, out);
        }
        published.put(name, version);
      }
    }
    for (FileStatus there : remoteCheckpoints()) {
      if (!Files.exists(local.resolve(CHECKPOINTS).resolve(there.getPath().getName()))) {
        files.delete(new org.apache.hadoop.fs.Path(there.getPath(), STATE), false);
        files.delete(there.getPath(), true);
      }
    }
  }

  /** A resume point of the same step, of an earlier try, must not pass for this one. */
  private void unlessWhole(String name) throws IOException {
    if (name.startsWith(CHECKPOINTS + "/" + STEP) && !name.endsWith("/" + STATE)) {
      String step = name.split("/", -1)[1];
      files.delete(
          new org.apache.hadoop.fs.Path(home, CHECKPOINTS + "/" + step + "/" + STATE), false);
    }
  }

  /** In the order in which they go: states last. */
  private List<Path> filesHere() throws IOException {
    if (!Files.exists(local)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(local)) {
      return found
          .filter(Files::isRegularFile)
          .filter(RunFolder::isWhole)
          .sorted(
              Comparator.comparing((Path file) -> file.getFileName().toString().equals(STATE))
                  .thenComparing(Path::toString))
          .toList();
    }
  }

  private static boolean isWhole(Path file) {
    String path = file.toString();
    return !file.getFileName().toString().startsWith(".") && !path.contains(".partial");
  }

  /** Removes the temporary copy, if it is one. */
  @Override
  public void close() throws IOException {
    if (home == null) {
      return;
    }
    try (Stream<Path> inside = Files.walk(local)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
