package org.sightmill.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.TestSpark;

class ContentDigestIT {
  /** The provenance columns of the data contract, in its order. */
  private static final StructType ENTRY =
      StructType.fromDDL(
          "step STRING, model STRING, endpoint STRING, prompt_sha256 STRING, request_sha256 STRING,"
              + " input_tokens BIGINT, output_tokens BIGINT, cost_usd DOUBLE, latency_ms BIGINT");

  private static final StructType SCHEMA =
      StructType.fromDDL("sample_id STRING, answer STRING")
          .add("provenance", DataTypes.createArrayType(ENTRY));

  private static String digest;

  private static Row row(String id, String answer, Row... provenance) {
    return RowFactory.create(id, answer, List.of(provenance));
  }

  private static Row entry(String model, String endpoint, double costUsd, long latencyMs) {
    return RowFactory.create("distill", model, endpoint, "p", "r", 10L, 20L, costUsd, latencyMs);
  }

  private static Row[] rows() {
    return new Row[] {
      row("a", "1", entry("m", "http://one", 0.5, 7)), row("b", "2"), row("c", null)
    };
  }

  private static Dataset<Row> data(Row... rows) {
    return TestSpark.session().createDataFrame(Stream.of(rows).toList(), SCHEMA);
  }

  @BeforeAll
  static void digestOnce() {
    digest = ContentDigest.of(data(rows()));
  }

  @Test
  void isASha256InHexadecimal() {
    assertThat(digest).matches("[0-9a-f]{64}");
  }

  @Test
  void dependsNeitherOnOrderNorOnPartitions() {
    Row[] rows = rows();
    assertThat(ContentDigest.of(data(rows[2], rows[0], rows[1]).repartition(3))).isEqualTo(digest);
  }

  @Test
  void changesWithAValue() {
    Row[] rows = rows();
    rows[1] = row("b", "3");
    assertThat(ContentDigest.of(data(rows))).isNotEqualTo(digest);
  }

  @Test
  void tellsNullFromAnEmptyText() {
    Row[] rows = rows();
    rows[2] = row("c", "");
    assertThat(ContentDigest.of(data(rows))).isNotEqualTo(digest);
  }

  @Test
  void countsARowThatIsThereTwice() {
    Row[] rows = rows();
    assertThat(ContentDigest.of(data(rows[0], rows[1], rows[2], rows[2]))).isNotEqualTo(digest);
  }

  @Test
  void isBlindToEndpointCostAndLatency() {
    Row[] rows = rows();
    rows[0] = row("a", "1", entry("m", "http://two", 0.0, 900));
    assertThat(ContentDigest.of(data(rows))).isEqualTo(digest);
  }

  @Test
  void seesWhichModelAnswered() {
    Row[] rows = rows();
    rows[0] = row("a", "1", entry("other", "http://one", 0.5, 7));
    assertThat(ContentDigest.of(data(rows))).isNotEqualTo(digest);
  }
}
