package org.sightmill.jobs.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.collect.image.ImageStore;

/**
 * Pictures where a teacher's client looks for them: in files, each named by its bytes.
 *
 * @param folder the folder that the client's paths are relative to
 * @param hadoop opens it
 */
public record SentPictures(String folder, Configuration hadoop) {
  private static final String PICTURES = "_pictures";

  /** Writes a picture, whole or not at all, and once; returns its path below the folder. */
  public String put(byte[] bytes, String sha256) {
    String path = PICTURES + "/" + sha256;
    try {
      new ImageStore(new Path(folder), hadoop).put(path, bytes);
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write picture %s of %s".formatted(path, folder), e);
    }
  }

  /** Deletes the pictures, on the driver when nobody asks any more. */
  public static void clear(String folder) {
    Path pictures = new Path(folder, PICTURES);
    try {
      pictures.getFileSystem(HadoopSettings.fromProperties()).delete(pictures, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + pictures, e);
    }
  }
}
