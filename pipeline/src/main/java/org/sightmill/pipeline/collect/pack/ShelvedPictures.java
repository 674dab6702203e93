package org.sightmill.pipeline.collect.pack;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Pictures on shelves. Tasks of one process share the index and one open file a shelf.
 *
 * @param folders of the shelves
 */
record ShelvedPictures(List<String> folders) implements PackedPictures {
  private static final Map<List<String>, Opened> OPENED = new ConcurrentHashMap<>();

  /** What one process holds of some shelves. */
  private static final class Opened {
    private final PackIndex index;
    private final Map<Integer, FSDataInputStream> files = new ConcurrentHashMap<>();

    Opened(List<String> folders, Configuration hadoop) throws IOException {
      this.index =
          PackIndex.of(
              folders.stream().map(folder -> new PackShelf(new Path(folder))).toList(), hadoop);
    }

    byte[] read(PackIndex.Place place, Configuration hadoop) throws IOException {
      byte[] bytes = new byte[place.bytes()];
      file(place.shelf(), hadoop).readFully(place.offset(), bytes);
      return bytes;
    }

    /** Positioned reads leave the stream's own place alone: tasks may share it. */
    private synchronized FSDataInputStream file(int shelf, Configuration hadoop)
        throws IOException {
      FSDataInputStream open = files.get(shelf);
      if (open == null) {
        Path pictures = index.pictures(shelf);
        open = pictures.getFileSystem(hadoop).open(pictures);
        files.put(shelf, open);
      }
      return open;
    }
  }

  @Override
  public Optional<byte[]> find(String name, Configuration hadoop) throws IOException {
    Opened opened = opened(hadoop);
    Optional<PackIndex.Place> place = opened.index.find(name);
    return place.isEmpty() ? Optional.empty() : Optional.of(opened.read(place.get(), hadoop));
  }

  @Override
  public String problem(Configuration hadoop) throws IOException {
    return String.join("; ", opened(hadoop).index.problems());
  }

  private Opened opened(Configuration hadoop) throws IOException {
    synchronized (OPENED) {
      Opened opened = OPENED.get(folders);
      if (opened == null) {
        opened = new Opened(folders, hadoop);
        OPENED.put(folders, opened);
      }
      return opened;
    }
  }
}
