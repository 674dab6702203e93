package org.sightmill.trainer.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.metric.RolloutRow;

final class RolloutTableTest {
  @TempDir Path folder;

  private static RolloutRow row(String id, double advantage) {
    return new RolloutRow(
        7,
        id,
        "<answer>3</answer>",
        5,
        0.5,
        Map.of("digit", 0.5, "format", 1.0),
        advantage,
        "stop_token",
        6,
        42,
        "executor 1 on 12@host",
        "cpu for gpu 0");
  }

  @Test
  void writesWhatHappenedAndOverwritesTheSameStep() throws IOException {
    RolloutTable table = new RolloutTable(folder.toString(), new Configuration());
    table.write(7, List.of(row("old", 1)));
    table.write(7, List.of(row("a", -0.25), row("b", Double.NaN)));
    assertThat(folder.resolve("_step-00000007.parquet")).doesNotExist();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(
                new GroupReadSupport(),
                new org.apache.hadoop.fs.Path(folder.resolve("step-00000007.parquet").toString()))
            .build()) {
      Group first = reader.read();
      assertThat(first.getLong("step", 0)).isEqualTo(7);
      assertThat(first.getString("sample_id", 0)).isEqualTo("a");
      assertThat(first.getInteger("tokens", 0)).isEqualTo(5);
      assertThat(first.getDouble("advantage", 0)).isEqualTo(-0.25);
      assertThat(first.getGroup("rewards", 0).getFieldRepetitionCount("key_value")).isEqualTo(2);
      assertThat(first.getString("device", 0)).isEqualTo("cpu for gpu 0");
      Group second = reader.read();
      assertThat(second.getString("sample_id", 0)).isEqualTo("b");
      assertThat(second.getFieldRepetitionCount("advantage")).isZero();
      assertThat(reader.read()).isNull();
    }
  }
}
