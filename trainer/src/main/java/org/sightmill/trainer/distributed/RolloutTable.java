package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.sightmill.trainer.metric.RolloutRow;
import org.sightmill.trainer.metric.RolloutSink;

/**
 * Rollouts as Parquet for notebooks, a file for each step, written without a Spark job. A step that
 * is done again after a resume overwrites its file.
 */
public final class RolloutTable implements RolloutSink {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message rollout {
            optional int64 step;
            optional binary sample_id (STRING);
            optional binary completion (STRING);
            optional int32 tokens;
            optional double reward;
            optional group rewards (MAP) {
              repeated group key_value { required binary key (STRING); optional double value; }
            }
            optional double advantage;
            optional binary finish_reason (STRING);
            optional int64 policy_version;
            optional int64 seed;
            optional binary executor (STRING);
            optional binary device (STRING);
          }
          """);

  private final Path folder;
  private final Configuration hadoop;

  /** A table in a folder, any Hadoop URI. */
  public RolloutTable(String folder, Configuration hadoop) {
    this.folder = new Path(folder);
    this.hadoop = hadoop;
  }

  @Override
  public void write(long step, List<RolloutRow> rows) throws IOException {
    Path file = new Path(folder, "step-%08d.parquet".formatted(step));
    Path partial = new Path(folder, "_" + file.getName()); // readers pass over such names
    SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(partial, hadoop))
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build()) {
      for (RolloutRow row : rows) {
        writer.write(filled(groups.newGroup(), row));
      }
    }
    FileSystem files = folder.getFileSystem(hadoop);
    files.delete(file, false);
    if (!files.rename(partial, file)) {
      throw new IOException("cannot rename %s to %s".formatted(partial, file.getName()));
    }
  }

  private static Group filled(Group group, RolloutRow row) {
    group
        .append("step", row.step())
        .append("sample_id", row.sampleId())
        .append("completion", row.completion())
        .append("tokens", row.tokens())
        .append("reward", row.reward());
    Group parts = group.addGroup("rewards");
    row.rewardParts()
        .forEach(
            (key, value) -> parts.addGroup("key_value").append("key", key).append("value", value));
    if (!Double.isNaN(row.advantage())) {
      group.append("advantage", row.advantage());
    }
    return group
        .append("finish_reason", row.finishReason())
        .append("policy_version", row.policyVersion())
        .append("seed", row.seed())
        .append("executor", row.executor())
        .append("device", row.device());
  }
}
