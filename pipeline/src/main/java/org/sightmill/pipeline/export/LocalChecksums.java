package org.sightmill.pipeline.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.FolderTree;

/**
 * The hidden files of checksums that Hadoop keeps beside those on a local disk. An export is for
 * others, and some of them take every file of a folder for data: LLaMA-Factory's loader refuses one
 * with a hidden file in it, and an upload to the hub would carry it along.
 */
final class LocalChecksums {
  private LocalChecksums() {}

  /** Deletes those of all files under a folder; does nothing where a file system keeps none. */
  static void deleteUnder(Path folder, Configuration hadoop) {
    try {
      if (folder.getFileSystem(hadoop) instanceof ChecksumFileSystem local) {
        FileSystem raw = local.getRawFileSystem();
        for (FileStatus file : FolderTree.files(raw, folder)) {
          if (ChecksumFileSystem.isChecksumFile(file.getPath())) {
            raw.delete(file.getPath(), false);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the checksum files under " + folder, e);
    }
  }
}
