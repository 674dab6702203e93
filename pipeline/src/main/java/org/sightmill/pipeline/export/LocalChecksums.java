package org.sightmill.pipeline.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

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
        RemoteIterator<LocatedFileStatus> files = local.listFiles(folder, true);
        while (files.hasNext()) {
          Path checksums = local.getChecksumFile(files.next().getPath());
          local.getRawFileSystem().delete(checksums, false);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the checksum files under " + folder, e);
    }
  }
}
