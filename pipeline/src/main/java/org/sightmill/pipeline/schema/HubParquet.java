package org.sightmill.pipeline.schema;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.types.StructType;

/**
 * Spark's Parquet with {@link HubFeatures} in the footer of each file, so that {@code datasets}
 * shows pictures of a single file too, without a card. Spark's own format has no place for footer
 * metadata, but names the class that writes rows in the job's configuration, which is replaced
 * here: no byte is written twice. Use: {@code write().format(HubParquet.NAME)}.
 */
public final class HubParquet extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;

  /** For {@code DataFrameWriter.format}. */
  public static final String NAME = HubParquet.class.getName();

  private static final String FEATURES = "sightmill.hub.features";

  @Override
  public OutputWriterFactory prepareWrite(
      SparkSession spark,
      Job job,
      scala.collection.immutable.Map<String, String> options,
      StructType schema) {
    OutputWriterFactory factory = super.prepareWrite(spark, job, options, schema);
    ParquetOutputFormat.setWriteSupportClass(job, Rows.class);
    job.getConfiguration().set(FEATURES, HubFeatures.json(schema));
    return factory;
  }

  /** Writes rows as Spark does, and the features behind them. Made by Parquet, by its name. */
  public static final class Rows extends ParquetWriteSupport {
    @Override
    public WriteContext init(Configuration configuration) {
      WriteContext context = super.init(configuration);
      Map<String, String> metadata = new HashMap<>(context.getExtraMetaData());
      metadata.put(HubFeatures.FOOTER_KEY, configuration.get(FEATURES));
      return new WriteContext(context.getSchema(), metadata);
    }
  }
}
