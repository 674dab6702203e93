package org.sightmill.pipeline.collect.pack;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One pack, laid out: {@code pictures} holds each picture behind its name, {@code index} the
 * places. The index is written last, so that a shelf without it does not exist.
 *
 * @param folder of both files
 */
record PackShelf(Path folder) {
  private static final int BUFFER_BYTES = 1 << 20;

  Path pictures() {
    return new Path(folder, "pictures");
  }

  Path index() {
    return new Path(folder, "index");
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
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    try (OutputStream pictures =
            new BufferedOutputStream(fileSystem.create(pictures(), true), BUFFER_BYTES);
        PackEntries entries =
            PackEntries.open(pack.getFileSystem(hadoop).open(pack), pack.getName())) {
      String problem = copy(entries, mostBytes, pictures, new DataOutputStream(index));
      new DataOutputStream(index).writeUTF(problem);
    }
    Path unfinished = new Path(folder, ".index-" + Thread.currentThread().getId());
    try (OutputStream out = fileSystem.create(unfinished, true)) {
      index.writeTo(out);
    }
    boolean moved = fileSystem.rename(unfinished, index());
    if (!moved && !exists(hadoop)) {
      throw new IOException("cannot rename %s to %s".formatted(unfinished, index()));
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
