package org.sightmill.pipeline.curate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads a row's picture on the executor: one at a time, so that a task holds one picture beside the
 * writer's row group.
 */
final class ImageEmbedding implements UDF2<String, String, Row> {
  private static final long serialVersionUID = 1L;

  private final String runFolder;
  private final SerializableConfiguration hadoop;

  /** Below {@code runFolder}, where {@code image_path} starts. */
  ImageEmbedding(Path runFolder, Configuration hadoop) {
    this.runFolder = runFolder.toString();
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  /**
   * The {@code image} struct; null where the row has no picture.
   *
   * @throws IllegalStateException when the file is gone: the run's folder is damaged, and rows
   *     without their pictures would be wrong data
   */
  @Override
  public Row call(String sampleId, String imagePath) {
    return imagePath == null ? null : RowFactory.create(bytes(sampleId, imagePath), imagePath);
  }

  private byte[] bytes(String sampleId, String imagePath) {
    Path path = new Path(runFolder, imagePath);
    try (InputStream in = path.getFileSystem(hadoop.value()).open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new IllegalStateException(
          "picture %s of sample %s is gone: run 'sightmill collect' again"
              .formatted(path, sampleId),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read picture %s of sample %s".formatted(path, sampleId), e);
    }
  }
}
