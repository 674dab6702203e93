package org.sightmill.pipeline.collect.pack;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One pack, laid out: a file of pictures, one behind the other, and {@code places}, which names
 * that file and holds where each picture lies. It is written last, so that a shelf without it does
 * not exist. Runs that lay out the same pack at once write pictures to files of their own, since
 * not every store renames a folder in one step; the places that came first stand.
 *
 * @param folder of both files
 */
record PackShelf(Path folder) {
  private static final int BUFFER_BYTES = 1 << 20;

  Path pictures(String name) {
    return new Path(folder, name);
  }

  Path index() {
    return new Path(folder, "places");
  }

  boolean exists(Configuration hadoop) throws IOException {
    return folder.getFileSystem(hadoop).exists(index());
  }

  /**
   * Lays a pack out, in one pass.
   *
   * @param mostBytes of a picture; a larger one is kept one byte too long, for collect to reject
   */
  void fill(Path pack, int mostBytes, Configuration hadoop) throws IOException {
    FileSystem fileSystem = folder.getFileSystem(hadoop);
    String own = UUID.randomUUID().toString();
    Path pictures = pictures("pictures-" + own);
    boolean published = false;
    try {
      ByteArrayOutputStream index = laidOut(pack, mostBytes, pictures, hadoop);
      published = !exists(hadoop) && publish(index, new Path(folder, ".places-" + own), hadoop);
    } finally {
      if (!published) {
        fileSystem.delete(pictures, false);
      }
    }
  }

  private static ByteArrayOutputStream laidOut(
      Path pack, int mostBytes, Path pictures, Configuration hadoop) throws IOException {
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    DataOutputStream places = new DataOutputStream(index);
    places.writeUTF(pictures.getName());
    try (OutputStream out =
            new BufferedOutputStream(
                pictures.getFileSystem(hadoop).create(pictures, true), BUFFER_BYTES);
        PackEntries entries =
            PackEntries.open(pack.getFileSystem(hadoop).open(pack), pack.getName())) {
      places.writeUTF(copy(entries, mostBytes, out, places));
    }
    return index;
  }

  /** Returns whether the index stands now; false when another run's came first. */
  private boolean publish(ByteArrayOutputStream index, Path unfinished, Configuration hadoop)
      throws IOException {
    FileSystem fileSystem = folder.getFileSystem(hadoop);
    try (OutputStream out = fileSystem.create(unfinished, true)) {
      index.writeTo(out);
    }
    if (renamed(fileSystem, unfinished)) {
      return true;
    }
    fileSystem.delete(unfinished, false);
    if (!exists(hadoop)) {
      throw new IOException("cannot rename %s to %s".formatted(unfinished, index()));
    }
    return false;
  }

  private boolean renamed(FileSystem fileSystem, Path unfinished) throws IOException {
    try {
      return fileSystem.rename(unfinished, index());
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Returns what ended the pack early; empty when nothing did. */
  private static String copy(
      PackEntries entries, int mostBytes, OutputStream pictures, DataOutputStream index)
      throws IOException {
    long offset = 0;
    while (true) {
      Optional<String> name;
      byte[] bytes;
      try {
        name = entries.next();
        bytes = name.isPresent() ? entries.bytes(mostBytes) : new byte[0];
      } catch (IOException e) {
        index.writeUTF("");
        return "ends early: " + e.getMessage();
      }
      index.writeUTF(name.orElse(""));
      if (name.isEmpty()) {
        return "";
      }
      index.writeLong(offset);
      index.writeInt(bytes.length);
      pictures.write(bytes);
      offset += bytes.length;
    }
  }
}
