package org.sightmill.pipeline.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.collect.pack.Packs;
import org.sightmill.pipeline.collect.source.InputFiles;
import org.sightmill.pipeline.collect.source.SourceConfig;

/**
 * Where the pictures of sources lie: {@code images} names a folder, a pack, or several packs by a
 * glob; packs may also lie in the folder. Lives on the driver.
 */
final class SourceFolders {
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  private final Configuration hadoop;

  SourceFolders(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** The packs of each source that has some. */
  Map<String, List<FileStatus>> of(List<SourceConfig> sources) {
    Map<String, List<FileStatus>> packs = new TreeMap<>();
    for (SourceConfig source : sources) {
      List<FileStatus> found = source.images() == null ? List.of() : packs(source.images());
      if (!found.isEmpty()) {
        packs.put(source.name(), found);
      }
    }
    return packs;
  }

  private List<FileStatus> packs(String images) {
    try {
      return InputFiles.list(images, hadoop).stream()
          .filter(file -> Packs.isPack(file.getPath().getName()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + images, e);
    }
  }

  /**
   * The sources with whole URIs of folders: executors have working folders of their own, and a
   * relative folder is the driver's. The folder of packs is where they lie.
   */
  List<SourceConfig> withFolders(List<SourceConfig> sources) {
    List<SourceConfig> whole = new ArrayList<>();
    for (SourceConfig source : sources) {
      whole.add(source.images() == null ? source : source.withImages(folder(source.images())));
    }
    return whole;
  }

  private String folder(String images) {
    try {
      Path path = new Path(images);
      Path folder = namesFiles(path) ? path.getParent() : path;
      return folder.getFileSystem(hadoop).makeQualified(folder).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach image folder " + images, e);
    }
  }

  private static boolean namesFiles(Path path) {
    return Packs.isPack(path.getName()) || GLOB.matcher(path.getName()).find();
  }
}
