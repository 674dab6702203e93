package org.sightmill.pipeline.collect.pack;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One pack, laid out: a file of pictures, one behind the other, and one of places, which names the
 * other and holds where each picture lies. It is written last, so that a shelf without it does not
 * exist. Runs that lay out the same pack at once write files of their own, since not every store
 * renames a folder in one step, or a file over another with its checksum; the later ones give way.
 * Where several are done in the same moment, each is whole, and the first by name is read.
 *
 * @param folder of both files
 */
record PackShelf(Path folder) {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final String PLACES = "places-";

  Path pictures(String name) {
    return new Path(folder, name);
  }

  /** The file of places, if the shelf exists. */
  Optional<Path> index(Configuration hadoop) throws IOException {
    try {
      return Arrays.stream(folder.getFileSystem(hadoop).listStatus(folder))
          .map(FileStatus::getPath)
          .filter(file -> file.getName().startsWith(PLACES))
          .min(Comparator.comparing(Path::getName));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  boolean exists(Configuration hadoop) throws IOException {
    return index(hadoop).isPresent();
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
      if (!exists(hadoop)) {
        publish(index, own, hadoop);
        published = true;
      }
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

  private void publish(ByteArrayOutputStream index, String own, Configuration hadoop)
      throws IOException {
    FileSystem fileSystem = folder.getFileSystem(hadoop);
    Path unfinished = new Path(folder, "." + PLACES + own);
    Path places = new Path(folder, PLACES + own);
    try (OutputStream out = fileSystem.create(unfinished, true)) {
      index.writeTo(out);
    }
    if (!fileSystem.rename(unfinished, places)) {
      fileSystem.delete(unfinished, false);
      throw new IOException("cannot rename %s to %s".formatted(unfinished, places));
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
