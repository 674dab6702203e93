package org.sightmill.pipeline.teacher.log;

import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that write to a log are killed with SIGKILL, on a disk and on HDFS: what was
 * acknowledged reads back, and what is lost was in flight. On S3 the same is tested where the
 * command line is, which knows S3.
 */
final class KilledWriterIT {
  private static final int IN_FLIGHT = 32;

  @TempDir Path folder;

  @Test
  void onALocalDisk() throws Exception {
    KilledWriters.killAndCount(
        folder.resolve("log").toUri().toString(), IN_FLIGHT, Map.of(), Durability.FLUSH);
  }

  /** The files that a killed writer leaves stay open for the name node, with a length of 0. */
  @Test
  void onHdfs() throws Exception {
    Configuration hadoop = new Configuration();
    try (MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(hadoop, folder.resolve("hdfs").toFile())
            .numDataNodes(1)
            .build()) {
      cluster.waitActive();
      String root = cluster.getFileSystem().getUri().toString();
      KilledWriters.killAndCount(root + "/out/_responses", IN_FLIGHT, Map.of(), Durability.SYNC);
    }
  }
}
