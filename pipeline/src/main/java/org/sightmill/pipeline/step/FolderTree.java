package org.sightmill.pipeline.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists the files of a folder and of all folders in it. */
public final class FolderTree {
  private FolderTree() {}

  /**
   * All files under a folder, in no order.
   *
   * @throws java.io.FileNotFoundException if nothing is there
   */
  public static List<FileStatus> files(FileSystem fileSystem, Path folder) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    if (isLocal(fileSystem)) {
      addLocal(fileSystem, folder, files);
    } else {
      // Object stores list a whole tree in a call for thousands of files.
      RemoteIterator<? extends FileStatus> found = fileSystem.listFiles(folder, true);
      while (found.hasNext()) {
        files.add(found.next());
      }
    }
    return files;
  }

  private static boolean isLocal(FileSystem fileSystem) {
    return fileSystem instanceof RawLocalFileSystem || fileSystem instanceof ChecksumFileSystem;
  }

  /**
   * Without native libraries {@code listFiles} starts a process for every local file, to ask for
   * permissions that nobody wants: 3 ms each.
   */
  private static void addLocal(FileSystem fileSystem, Path folder, List<FileStatus> files)
      throws IOException {
    for (FileStatus status : fileSystem.listStatus(folder)) {
      if (status.isDirectory()) {
        addLocal(fileSystem, status.getPath(), files);
      } else {
        files.add(status);
      }
    }
  }
}
