package org.sightmill.pipeline.step;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The definition of "identical outputs": a SHA-256 over the rows sorted by {@code sample_id},
 * without latency, cost and endpoint, which differ from run to run. Each row is hashed on an
 * executor, as JSON with its columns in the order of the schema and nulls written; the driver
 * hashes the row hashes in order and holds no rows.
 */
public final class ContentDigest {
  private static final String ROW_HASH = "_row_sha256";

  /** What a provenance entry keeps. */
  private static final List<String> LASTING =
      List.of("step", "model", "prompt_sha256", "request_sha256", "input_tokens", "output_tokens");

  private ContentDigest() {}

  /** The digest of rows in the schema of any boundary, in hexadecimal. */
  public static String of(Dataset<Row> rows) {
    Column[] columns = Stream.of(rows.columns()).map(ContentDigest::lasting).toArray(Column[]::new);
    Column json = to_json(struct(columns), Map.of("ignoreNullFields", "false"));
    Iterator<Row> hashes =
        rows.select(col("sample_id"), sha2(json.cast("binary"), 256).as(ROW_HASH))
            .orderBy("sample_id", ROW_HASH)
            .select(ROW_HASH)
            .toLocalIterator();
    MessageDigest digest = Fingerprint.newSha256();
    hashes.forEachRemaining(
        row -> digest.update((row.getString(0) + "\n").getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Column lasting(String column) {
    return switch (column) {
      case "provenance" -> transform(col(column), ContentDigest::lastingEntry).as(column);
      case "image" ->
          struct(sha2(col("image.bytes"), 256).as("sha256"), col("image.path").as("path"))
              .as(column);
      default -> col(column);
    };
  }

  private static Column lastingEntry(Column entry) {
    return struct(
        LASTING.stream().map(field -> entry.getField(field).as(field)).toArray(Column[]::new));
  }
}
