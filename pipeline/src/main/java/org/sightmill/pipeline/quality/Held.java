package org.sightmill.pipeline.quality;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Tables that several queries read, kept on the executors' disks until this is closed.
 *
 * <p>What is handed out is a data set of a table's rows and no longer knows the query that made it.
 * A plain persisted data set carries that query into the plan of every other that reads it, and
 * Spark renders the whole of a plan anew at each of its stages.
 */
public final class Held implements AutoCloseable {
  private final List<Dataset<Row>> tables = new ArrayList<>();

  /** Keeps {@code rows}: computed now or at the first use, and again where a part is lost. */
  public Dataset<Row> disk(Dataset<Row> rows) {
    Dataset<Row> persisted = rows.persist(StorageLevel.DISK_ONLY());
    tables.add(persisted);
    return rows.sparkSession().createDataFrame(persisted.javaRDD(), rows.schema());
  }

  @Override
  public void close() {
    tables.forEach(Dataset::unpersist);
  }
}
