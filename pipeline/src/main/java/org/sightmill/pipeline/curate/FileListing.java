package org.sightmill.pipeline.curate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.check.InvalidConfigException;

/** What a file outside the run is known by in a fingerprint. */
final class FileListing {
  private FileListing() {}

  /**
   * Name, size and time of each file.
   *
   * @param key of the configuration, for the message when there is none
   */
  static String of(String key, String file, Configuration hadoop) {
    Path path = new Path(file);
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      if (!fileSystem.exists(path)) {
        throw new InvalidConfigException(List.of(key + " does not exist: " + path));
      }
      FileStatus[] files = fileSystem.listStatus(path);
      return String.join(", ", Arrays.stream(files).map(FileListing::described).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + key + " " + path, e);
    }
  }

  private static String described(FileStatus file) {
    return "%s %d bytes, %d"
        .formatted(file.getPath().getName(), file.getLen(), file.getModificationTime());
  }
}
