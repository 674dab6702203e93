package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a model lies: a folder that every node has, a model's folder in a Hugging Face cache, or
 * any Hadoop URI, whose files a node fetches once and checks. Made on the driver, used anywhere.
 */
public final class ModelPath implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern URI = Pattern.compile("^(?!file:)[A-Za-z][A-Za-z0-9+.-]*://.*");

  private final String path;
  private final ModelFiles files; // null for a folder of this machine

  private ModelPath(String path, ModelFiles files) {
    this.path = path;
    this.files = files;
  }

  /** Whether a path is on another file system than this machine's. */
  public static boolean isRemote(String path) {
    return URI.matcher(path).matches();
  }

  /**
   * The model at a path; of one at a URI all files are read once, for their hashes.
   *
   * @throws IOException when nothing is there
   */
  public static ModelPath of(String path, Configuration hadoop) throws IOException {
    return isRemote(path)
        ? new ModelPath(path, ModelFiles.of(path, hadoop))
        : new ModelPath(ModelFiles.snapshot(path), null);
  }

  /** The folder on this machine, fetched if need be. */
  public Path here(Configuration hadoop) throws IOException {
    return files == null ? Path.of(path) : files.fetched(hadoop);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelPath that
        && path.equals(that.path)
        && java.util.Objects.equals(files, that.files);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return path;
  }
}
