package org.sightmill.jobs.cli;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.collect.source.procedural.ProceduralConfig;
import org.sightmill.pipeline.collect.source.procedural.ProceduralLabel;
import org.sightmill.pipeline.collect.source.procedural.ProceduralSource;
import org.sightmill.pipeline.prompt.Sha256;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;

/**
 * A ready step 1 of any size in little time, to measure the steps behind it. Texts are those of the
 * procedural source, each row its own. Pictures are not drawn: the rows share the files that are
 * there, while each row claims a picture of its own, since rows that do share one leave the splits.
 */
final class ReadyRows {
  private static final int ROWS_PER_PARTITION = 25_000;
  private static final int LOGIC_VERSION = 1;
  private static final long SEED = 1;

  private final SparkSession spark;
  private final RunStore store;
  private final List<Picture> pictures;

  /** A stored picture. */
  private record Picture(String path, int width, int height) implements Serializable {}

  /** Over the pictures of the rows that collect has committed, at least one. */
  ReadyRows(SparkSession spark, RunStore store) {
    this.spark = spark;
    this.store = store;
    this.pictures =
        store
            .rows(spark, store.report(StepName.COLLECT).orElseThrow())
            .select("image_path", "width", "height")
            .collectAsList()
            .stream()
            .map(row -> new Picture(row.getString(0), row.getInt(1), row.getInt(2)))
            .toList();
  }

  /** Commits {@code rows} rows as the output of collect. */
  void commit(int rows) {
    int partitions = Math.max(spark.sparkContext().defaultParallelism(), rows / ROWS_PER_PARTITION);
    Dataset<Row> ready =
        spark
            .range(0, rows, 1, partitions)
            .mapPartitions(new Labels(pictures, rows), Encoders.row(Schemas.of(Boundary.COLLECT)))
            .withColumn(Outcome.CODE, functions.lit(null).cast("string"))
            .withColumn(Outcome.DETAIL, functions.lit(null).cast("string"));
    StepOutput output =
        StepOutput.begin(spark, store, StepName.COLLECT, "bench: " + rows + " rows");
    Dataset<Row> staged = output.stage(ready);
    output.write(staged);
    Fingerprint fingerprint =
        Fingerprint.builder(StepName.COLLECT, LOGIC_VERSION, Schemas.VERSION)
            .part("rows", Integer.toString(rows))
            .build();
    output.commit(staged, fingerprint, Map.of());
  }

  /** Indices to rows as collect writes them. */
  private record Labels(List<Picture> pictures, int rows)
      implements MapPartitionsFunction<Long, Row> {

    @Override
    public Iterator<Row> call(Iterator<Long> indices) {
      ProceduralSource source = new ProceduralSource(ProceduralConfig.defaults(SEED, rows));
      StructType schema = Schemas.of(Boundary.COLLECT);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return indices.hasNext();
        }

        @Override
        public Row next() {
          long index = indices.next();
          Picture picture = pictures.get((int) (index % pictures.size()));
          return row(schema, index, source.label(index), picture);
        }
      };
    }

    private static Row row(StructType schema, long index, ProceduralLabel label, Picture picture) {
      Object[] values = new Object[schema.size()];
      values[schema.fieldIndex("sample_id")] = label.id();
      values[schema.fieldIndex("source")] = "procedural";
      values[schema.fieldIndex("image_sha256")] = Sha256.ofAll(Long.toString(index));
      values[schema.fieldIndex("image_path")] = picture.path();
      values[schema.fieldIndex("width")] = picture.width();
      values[schema.fieldIndex("height")] = picture.height();
      values[schema.fieldIndex("question")] = label.question();
      values[schema.fieldIndex("answer")] = label.answer();
      values[schema.fieldIndex("answer_type")] = label.answerType().label();
      values[schema.fieldIndex("context")] = label.context();
      values[schema.fieldIndex("rationale")] = label.rationale();
      values[schema.fieldIndex("license")] = "Apache-2.0";
      values[schema.fieldIndex("origin")] = "procedural:" + (index + 1);
      values[schema.fieldIndex("meta")] = label.meta();
      values[schema.fieldIndex("provenance")] = new Row[0];
      if (label.choices() != null) {
        values[schema.fieldIndex("choices")] = label.choices().options().toArray(String[]::new);
      }
      return RowFactory.create(values);
    }
  }
}
