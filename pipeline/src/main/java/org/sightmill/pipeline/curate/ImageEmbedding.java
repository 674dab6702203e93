package org.sightmill.pipeline.curate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
  private final String localFolder;
  private final SerializableConfiguration hadoop;

  /** Below {@code runFolder}, a full URI, where {@code image_path} starts. */
  ImageEmbedding(Path runFolder, Configuration hadoop) {
    this.runFolder = runFolder.toString();
    this.localFolder =
        "file".equals(runFolder.toUri().getScheme()) ? runFolder.toUri().getPath() : null;
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
    try {
      return localFolder == null
          ? remote(new Path(runFolder, imagePath))
          : Files.readAllBytes(java.nio.file.Path.of(localFolder, imagePath));
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new IllegalStateException(
          "picture %s/%s of sample %s is gone: run 'sightmill collect' again"
              .formatted(runFolder, imagePath, sampleId),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read picture %s/%s of sample %s".formatted(runFolder, imagePath, sampleId), e);
    }
  }

  /** Hadoop's local file system would look for a checksum file beside every picture. */
  private byte[] remote(Path path) throws IOException {
    try (InputStream in = path.getFileSystem(hadoop.value()).open(path)) {
      return in.readAllBytes();
    }
  }
}
