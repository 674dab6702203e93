package org.sightmill.pipeline.quality;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Tables that several checks read, kept on the executors' disks until the step is done. */
final class Held implements AutoCloseable {
  private final List<Dataset<Row>> tables = new ArrayList<>();

  Dataset<Row> disk(Dataset<Row> rows) {
    Dataset<Row> persisted = rows.persist(StorageLevel.DISK_ONLY());
    tables.add(persisted);
    return persisted;
  }

  @Override
  public void close() {
    tables.forEach(Dataset::unpersist);
  }
}
