package org.sightmill.pipeline.quality;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Goes through the texts of one block in the order of their ids, and tells of each which earlier
 * one it is like. Runs on executors; holds at most {@link #MAX_BLOCK} texts.
 */
record LikeTexts(Texts kind, Bands bands, double similarity, int runWords)
    implements FlatMapGroupsFunction<Long, Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Texts of a block that are held at once, about 30 MB. */
  static final int MAX_BLOCK = 20_000;

  /** A text that is like another, or, without a match, one of a block that is too large. */
  static final StructType TYPE =
      StructType.fromDDL(
          "sample_id string, match string, similarity double, block bigint, words string");

  /** What a block is. */
  enum Texts {
    /** Everything that may be alike: texts are compared where they share a band. */
    WHOLE_BLOCKS,
    /** What shares a band: each is compared to all leaders, up to a bound. */
    OF_ONE_BAND
  }

  @Override
  public Iterator<Row> call(Long block, Iterator<Row> texts) {
    if (kind == Texts.OF_ONE_BAND) {
      return matches(block, texts).iterator();
    }
    List<Row> held = new ArrayList<>();
    while (texts.hasNext() && held.size() < MAX_BLOCK) {
      held.add(texts.next());
    }
    if (held.size() == 1) {
      return List.<Row>of().iterator();
    }
    return texts.hasNext()
        ? passedOn(held.iterator(), texts)
        : matches(block, held.iterator()).iterator();
  }

  private List<Row> matches(Long block, Iterator<Row> texts) {
    Leaders leaders = new Leaders(similarity);
    List<Row> matches = new ArrayList<>();
    while (texts.hasNext()) {
      Row row = texts.next();
      String id = row.getAs("sample_id");
      long[] shingles = Shingles.of(List.of(row.<String>getAs("words").split(" ")), runWords);
      long[] keys = kind == Texts.OF_ONE_BAND ? new long[] {0} : bands.of(shingles);
      Leaders.Match match = leaders.matchOrAdd(id, shingles, keys);
      if (match != null) {
        matches.add(RowFactory.create(id, match.id(), match.similarity(), block, null));
      }
    }
    return matches;
  }

  private static Iterator<Row> passedOn(Iterator<Row> held, Iterator<Row> rest) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return held.hasNext() || rest.hasNext();
      }

      @Override
      public Row next() {
        Row row = held.hasNext() ? held.next() : rest.next();
        return RowFactory.create(
            row.getAs("sample_id"), null, null, row.getAs("block"), row.getAs("words"));
      }
    };
  }
}
