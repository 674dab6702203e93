package org.sightmill.pipeline.collect.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.FolderTree;

/** Files behind a path, folder or glob, sorted by URI. Lives on the driver. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * Every file: of a folder all below it, leaving out names that begin with a dot or underscore.
   *
   * @throws FileNotFoundException when the pattern matches nothing
   */
  public static List<FileStatus> list(String pattern, Configuration hadoop) throws IOException {
    Path path = new Path(pattern);
    FileSystem fileSystem = path.getFileSystem(hadoop);
    FileStatus[] roots =
        fileSystem.exists(path)
            ? new FileStatus[] {fileSystem.getFileStatus(path)}
            : fileSystem.globStatus(path);
    if (roots == null || roots.length == 0) {
      throw new FileNotFoundException("nothing is there: " + pattern);
    }
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus root : roots) {
      addFiles(fileSystem, root, files);
    }
    files.sort(Comparator.comparing(file -> file.getPath().toString()));
    return files;
  }

  private static void addFiles(FileSystem fileSystem, FileStatus root, List<FileStatus> files)
      throws IOException {
    if (root.isFile()) {
      files.add(root);
      return;
    }
    for (FileStatus file : FolderTree.files(fileSystem, root.getPath())) {
      if (!file.getPath().getName().matches("[._].*")) {
        files.add(file);
      }
    }
  }

  /** The files that {@code wanted} takes by name. */
  static List<FileStatus> list(String pattern, Configuration hadoop, Predicate<String> wanted) {
    try {
      return list(pattern, hadoop).stream()
          .filter(file -> wanted.test(file.getPath().getName()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + pattern, e);
    }
  }
}
