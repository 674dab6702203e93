package org.sightmill.pipeline.collect.pack;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Where pictures lie on shelves: by their whole name, or by file name where only one has it. */
final class PackIndex {
  private static final Place SEVERAL = new Place(-1, 0, 0);

  private final Map<String, Place> byName = new HashMap<>();
  private final Map<String, Place> byBase = new HashMap<>();
  private final List<Path> pictures = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** A picture's place. */
  record Place(int shelf, long offset, int bytes) {}

  static PackIndex of(List<PackShelf> shelves, Configuration hadoop) throws IOException {
    PackIndex index = new PackIndex();
    for (int i = 0; i < shelves.size(); i++) {
      PackShelf shelf = shelves.get(i);
      Path file =
          shelf
              .index(hadoop)
              .orElseThrow(
                  () -> new FileNotFoundException("no pack is laid out in " + shelf.folder()));
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(file.getFileSystem(hadoop).open(file), 1 << 16))) {
        index.pictures.add(shelf.pictures(in.readUTF()));
        index.add(i, in);
      }
    }
    return index;
  }

  private void add(int shelf, DataInputStream in) throws IOException {
    for (String name = in.readUTF(); !name.isEmpty(); name = in.readUTF()) {
      Place place = new Place(shelf, in.readLong(), in.readInt());
      byName.putIfAbsent(name, place);
      String base = name.substring(name.lastIndexOf('/') + 1);
      if (!base.equals(name)) {
        byBase.merge(base, place, (a, b) -> SEVERAL);
      }
    }
    String problem = in.readUTF();
    if (!problem.isEmpty()) {
      problems.add(problem);
    }
  }

  /** The place of a picture; a mere file name also finds it in any folder, if in one alone. */
  Optional<Place> find(String name) {
    return Optional.ofNullable(byName.get(name))
        .or(() -> Optional.ofNullable(byBase.get(name)).filter(place -> place != SEVERAL));
  }

  /** The file that holds a shelf's pictures. */
  Path pictures(int shelf) {
    return pictures.get(shelf);
  }

  /** What keeps packs from being whole. */
  List<String> problems() {
    return problems;
  }
}
