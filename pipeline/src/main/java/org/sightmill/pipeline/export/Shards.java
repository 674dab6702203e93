package org.sightmill.pipeline.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.sightmill.pipeline.schema.HubParquet;

/** Parquet files under the names that the hub expects: {@code sft/train-00000-of-00012.parquet}. */
record Shards(Path output, Configuration hadoop) {
  /** Row groups that a viewer can hold, and no dictionaries or statistics of pictures. */
  private static final Map<String, String> WRITER_OPTIONS =
      Map.of(
          "parquet.block.size", Long.toString(32L << 20),
          "parquet.block.row.count.limit", "1000",
          "parquet.page.size.row.check.min", "4",
          "parquet.page.size.row.check.max", "64",
          "parquet.enable.dictionary#images.list.element.bytes", "false",
          "parquet.enable.dictionary#image.bytes", "false",
          "parquet.column.statistics.enabled#images.list.element.bytes", "false",
          "parquet.column.statistics.enabled#image.bytes", "false");

  List<String> write(Dataset<Row> rows, String subset, int shards) {
    Path folder = new Path(output, subset);
    Dataset<Row> cut =
        rows.rdd().getNumPartitions() < shards ? rows.repartition(shards) : rows.coalesce(shards);
    cut.write()
        .format(HubParquet.NAME)
        .mode(SaveMode.Overwrite)
        .options(WRITER_OPTIONS)
        .save(folder.toString());
    return named(folder, subset);
  }

  private List<String> named(Path folder, String subset) {
    try {
      FileSystem fileSystem = folder.getFileSystem(hadoop);
      List<Path> parts =
          Stream.of(fileSystem.listStatus(folder))
              .map(FileStatus::getPath)
              .filter(path -> path.getName().endsWith(".parquet"))
              .sorted(Comparator.comparing(Path::getName))
              .toList();
      List<String> names = new ArrayList<>();
      for (Path part : parts) {
        String name = "train-%05d-of-%05d.parquet".formatted(names.size(), parts.size());
        if (!fileSystem.rename(part, new Path(folder, name))) {
          throw new IOException("%s was not renamed to %s".formatted(part, name));
        }
        names.add(subset + "/" + name);
      }
      fileSystem.delete(new Path(folder, "_SUCCESS"), false);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot name the files in " + folder, e);
    }
  }
}
