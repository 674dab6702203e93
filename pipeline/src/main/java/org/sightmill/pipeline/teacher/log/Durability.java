package org.sightmill.pipeline.teacher.log;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** From when on a file system keeps what was written, if the writing process is killed then. */
public enum Durability {
  /** A local disk: once the operating system has it. Survives the process, not the machine. */
  FLUSH,
  /** HDFS and its like: once the data nodes have it on disk. */
  SYNC,
  /** Object stores: once the file is closed. Nothing of it exists before. */
  CLOSE;

  /**
   * The file system to use in place of {@code fileSystem}: the checksummed local one holds back the
   * end of what was flushed, the raw one below it does not.
   */
  public static FileSystem writable(FileSystem fileSystem) {
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  /**
   * Asks the streams of a file system what they can do: object stores accept a flush and do
   * nothing. Writes and deletes an empty file in {@code folder}.
   */
  public static Durability probe(FileSystem fileSystem, Path folder) throws IOException {
    Path probe = new Path(folder, "_probe-" + UUID.randomUUID());
    try (FSDataOutputStream out = fileSystem.create(probe, false)) {
      if ("file".equals(fileSystem.getUri().getScheme())) {
        return FLUSH;
      }
      return out.hasCapability(StreamCapabilities.HSYNC) ? SYNC : CLOSE;
    } finally {
      fileSystem.delete(probe, false);
    }
  }

  /** Makes everything written durable; closes the stream where nothing else does. */
  public void commit(FSDataOutputStream out) throws IOException {
    switch (this) {
      case FLUSH -> out.hflush();
      case SYNC -> out.hsync();
      case CLOSE -> out.close();
    }
  }
}
