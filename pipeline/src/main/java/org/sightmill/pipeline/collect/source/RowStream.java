package org.sightmill.pipeline.collect.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/** Where a format's rows come from, one record after the other. */
interface RowStream extends Closeable {

  /**
   * Gives the rows of the next record, of which there may be none; false behind the last record.
   */
  boolean read(Consumer<Row> out) throws IOException;

  /** Opens a format; sent to executors. */
  interface Opener extends Serializable {
    RowStream open(InputStream in, String file) throws IOException;
  }
}
