package org.sightmill.pipeline.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Finds pictures that look the same. The 128 bits of two hashes are cut into eight pieces: where
 * they differ in at most six bits, at least two pieces are equal, so only pictures that share two
 * pieces are compared. Of pictures that are alike the one with the smallest name stays.
 */
record RepeatedImages(int maxDistance) {
  private static final StructType KEYED =
      StructType.fromDDL(
          "key bigint, image_sha256 string, rows bigint, columns bigint, grey binary");
  private static final StructType MATCHED =
      StructType.fromDDL("image_sha256 string, same_as string");

  private static final int PIECES = 8;
  private static final int PIECE_BITS = 16;

  /** Pictures that stay and are compared under one key: more share one where keys say nothing. */
  private static final int MAX_COMPARED = 2_000;

  /**
   * {@code image_sha256, same_as} of each picture to which an earlier one is alike.
   *
   * @param signatures as {@link ImageSignatures#of} gives them
   */
  Dataset<Row> in(Dataset<Row> signatures) {
    FlatMapFunction<Row, Row> keyed = RepeatedImages::keyed;
    MapFunction<Row, Long> key = row -> row.getLong(0);
    return signatures
        .filter(col("rows").isNotNull())
        .flatMap(keyed, Encoders.row(KEYED))
        .groupByKey(key, Encoders.LONG())
        .flatMapSortedGroups(
            new Column[] {col("image_sha256")}, new Group(maxDistance), Encoders.row(MATCHED))
        .groupBy("image_sha256")
        .agg(min("same_as").as("same_as"));
  }

  private static Iterator<Row> keyed(Row signature) {
    long rows = signature.getLong(1);
    long columns = signature.getLong(2);
    List<Row> keyed = new ArrayList<>();
    for (int i = 0; i < PIECES; i++) {
      for (int j = i + 1; j < PIECES; j++) {
        long pieces = (piece(rows, columns, i) << PIECE_BITS) | piece(rows, columns, j);
        long key = ((long) (i * PIECES + j) << (2 * PIECE_BITS)) | pieces;
        keyed.add(RowFactory.create(key, signature.getString(0), rows, columns, signature.get(3)));
      }
    }
    return keyed.iterator();
  }

  private static long piece(long rows, long columns, int index) {
    long half = index < PIECES / 2 ? rows : columns;
    return (half >>> ((index % (PIECES / 2)) * PIECE_BITS)) & 0xFFFF;
  }

  /** Pictures that share two pieces, in the order of their names. */
  private record Group(int maxDistance) implements FlatMapGroupsFunction<Long, Row, Row> {
    private static final long serialVersionUID = 1L;

    private record Picture(String sha256, ImageSignature signature) {}

    @Override
    public Iterator<Row> call(Long key, Iterator<Row> rows) {
      List<Picture> staying = new ArrayList<>();
      List<Row> matches = new ArrayList<>();
      while (rows.hasNext()) {
        Row row = rows.next();
        Picture picture =
            new Picture(
                row.getString(1),
                new ImageSignature(row.getLong(2), row.getLong(3), row.<byte[]>getAs(4)));
        String first = first(staying, picture.signature());
        if (first != null) {
          matches.add(RowFactory.create(picture.sha256(), first));
        } else if (staying.size() < MAX_COMPARED) {
          staying.add(picture);
        }
      }
      return matches.iterator();
    }

    private String first(List<Picture> staying, ImageSignature signature) {
      for (Picture other : staying) {
        if (other.signature().isLike(signature, maxDistance)) {
          return other.sha256();
        }
      }
      return null;
    }
  }
}
