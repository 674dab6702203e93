package org.sightmill.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSessionsIT {
  @TempDir private Path folder;

  @Test
  void checksumsLargePiecesOfLocalFilesEvenWhenTheyWereOpenedBefore() throws Exception {
    FileSystem.get(URI.create("file:///"), new Configuration());

    Map<String, String> settings =
        Map.of("spark.master", "local[1]", "spark.ui.enabled", "false", "spark.app.name", "files");
    try (SparkSession spark = SparkSessions.open("files", settings)) {
      spark.range(100_000).write().parquet(folder.resolve("numbers").toString());
    }

    long bytes = 0;
    long checksums = 0;
    try (var files = Files.walk(folder.resolve("numbers"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".parquet.crc")) {
          checksums += Files.size(file);
        } else if (file.toString().endsWith(".parquet")) {
          bytes += Files.size(file);
        }
      }
    }
    // Eight bytes of a header and four for each piece: some 3 KB if pieces had 512 bytes.
    assertThat(bytes).isGreaterThan(300_000);
    assertThat(checksums).isLessThan(100);
  }
}
