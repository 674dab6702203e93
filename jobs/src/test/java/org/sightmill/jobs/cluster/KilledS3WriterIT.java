package org.sightmill.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.teacher.log.Durability;
import org.sightmill.pipeline.teacher.log.KilledWriters;

/**
 * Processes that write to a response log on S3 are killed with SIGKILL: what was acknowledged reads
 * back, though the segments that were open then do not exist.
 */
@Tag("endurance")
final class KilledS3WriterIT {
  /** Twice the answers of a segment, so that one fills while another is sent. */
  private static final int IN_FLIGHT = 128;

  private static final String OF_HADOOP = "spark.hadoop.";

  @TempDir Path folder;

  @Test
  void aKillCostsTheUnacknowledgedAnswersOfOpenSegments() throws Exception {
    try (S3Server server = S3Server.start(folder)) {
      List<Integer> losses =
          KilledWriters.killAndCount(
              "s3a://mill/out/_responses", IN_FLIGHT, settings(server), Durability.CLOSE);
      System.out.println("replies that had come and were lost on S3, by kill: " + losses);
      assertThat(losses).as("an open segment is lost as a whole").anyMatch(lost -> lost > 0);
    }
  }

  private static Map<String, String> settings(S3Server server) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    S3Server.settings(server.port())
        .forEach(
            (name, value) -> {
              if (name.startsWith(OF_HADOOP)) {
                settings.put(name.substring(OF_HADOOP.length()), value);
              }
            });
    settings.put("fs.s3a.access.key", "test");
    settings.put("fs.s3a.secret.key", "test");
    return settings;
  }
}
