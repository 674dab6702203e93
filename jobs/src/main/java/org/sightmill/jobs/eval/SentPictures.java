package org.sightmill.jobs.eval;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.jobs.spark.HadoopSettings;

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
    Path target = new Path(new Path(folder, PICTURES), sha256);
    Path part = new Path(target.getParent(), "." + sha256 + "." + UUID.randomUUID());
    try {
      FileSystem files = target.getFileSystem(hadoop);
      if (!files.exists(target)) {
        try (OutputStream out = files.create(part)) {
          out.write(bytes);
        }
        if (!files.rename(part, target)) {
          files.delete(part, false); // another task was first with the same bytes
        }
      }
      return PICTURES + "/" + sha256;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write picture " + target, e);
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
