package org.sightmill.pipeline.collect.source;

import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Files that can't be split: each is streamed by one task. Their rows are spread afterwards, so
 * that pictures are handled in parallel.
 */
final class WholeFiles {
  private WholeFiles() {}

  static JavaRDD<Row> read(
      JavaSparkContext spark, List<FileStatus> files, RowStream.Opener opener) {
    List<String> paths = files.stream().map(file -> file.getPath().toString()).toList();
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    return spark
        .parallelize(paths, Math.max(1, paths.size()))
        .flatMap(
            path ->
                new StreamRows(
                    opener.open(Files.open(new Path(path), hadoop.value()), path), path));
  }
}
