package org.sightmill.pipeline.collect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.step.Outcome;
import scala.jdk.javaapi.CollectionConverters;

/** Builds one row of {@link StagedSchema}. Not thread-safe. */
final class StagedRow {
  private final Map<String, Object> values = new TreeMap<>();

  StagedRow set(String column, Object value) {
    if (value != null) {
      values.put(column, value);
    }
    return this;
  }

  StagedRow outcome(Reject reject) {
    return set(Outcome.CODE, reject.reason().code()).set(Outcome.DETAIL, reject.detail());
  }

  /** Over every value set so far, in the order of their names. */
  String digest() {
    MessageDigest digest = newDigest();
    values.forEach(
        (column, value) -> {
          update(digest, column);
          update(digest, String.valueOf(value));
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Each text behind its length, so that no two records run into the same bytes. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Row toRow() {
    Object[] row = new Object[StagedSchema.TYPE.size()];
    values.forEach((column, value) -> row[StagedSchema.TYPE.fieldIndex(column)] = spark(value));
    return new GenericRowWithSchema(row, StagedSchema.TYPE);
  }

  private static Object spark(Object value) {
    return value instanceof List<?> list ? CollectionConverters.asScala(list).toSeq() : value;
  }
}
