package org.sightmill.pipeline.collect.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.pipeline.collect.image.ImageStore;

/**
 * Makes packs readable: one task a pack, since gzip can't be entered in the middle. What is laid
 * out stays, for later runs; its name holds the pack's path, size and time. Lives on the driver.
 */
public final class Packs {
  private final JavaSparkContext spark;
  private final int mostBytes;

  /**
   * @param mostBytes of a picture
   */
  public Packs(JavaSparkContext spark, long mostBytes) {
    this.spark = spark;
    this.mostBytes = Math.toIntExact(mostBytes);
  }

  /** Whether a file is a pack, by its name. */
  public static boolean isPack(String fileName) {
    return PackEntries.isPack(fileName);
  }

  private record Task(String pack, String shelf) implements java.io.Serializable {}

  /**
   * Lays out what is not laid out yet, all packs at the same time.
   *
   * @param packs of each source
   * @param root the folder of all shelves
   */
  public Map<String, PackedPictures> laidOut(Map<String, List<FileStatus>> packs, Path root) {
    Map<String, PackedPictures> pictures = new HashMap<>();
    Map<String, Task> tasks = new HashMap<>();
    packs.forEach(
        (source, files) -> {
          List<String> shelves = new ArrayList<>();
          for (FileStatus file : files) {
            String shelf = shelf(file, root);
            shelves.add(shelf);
            tasks.put(shelf, new Task(file.getPath().toString(), shelf));
          }
          pictures.put(source, new ShelvedPictures(List.copyOf(shelves)));
        });
    fill(tasks.values().stream().filter(task -> !exists(task)).toList());
    return pictures;
  }

  private static String shelf(FileStatus pack, Path root) {
    String identity =
        "%s\n%d\n%d".formatted(pack.getPath(), pack.getLen(), pack.getModificationTime());
    String hash = ImageStore.sha256(identity.getBytes(StandardCharsets.UTF_8));
    return new Path(root, hash.substring(0, 16)).toString();
  }

  private boolean exists(Task task) {
    try {
      return new PackShelf(new Path(task.shelf())).exists(spark.hadoopConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for " + task.shelf(), e);
    }
  }

  private void fill(List<Task> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    int most = mostBytes;
    spark
        .parallelize(tasks, tasks.size())
        .foreach(
            task ->
                new PackShelf(new Path(task.shelf()))
                    .fill(new Path(task.pack()), most, hadoop.value()));
  }

  /**
   * Only these pictures, held in memory: for a look at a few rows. Nothing is written.
   *
   * @param wanted names, whole or without folders
   */
  public PackedPictures search(List<FileStatus> packs, Set<String> wanted) {
    SerializableConfiguration hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
    List<String> paths = packs.stream().map(pack -> pack.getPath().toString()).toList();
    int most = mostBytes;
    Map<String, byte[]> found = new HashMap<>();
    spark
        .parallelize(paths, Math.max(1, paths.size()))
        .map(path -> search(new Path(path), wanted, most, hadoop.value()))
        .collect()
        .forEach(found::putAll);
    return (name, unused) -> Optional.ofNullable(found.get(name));
  }

  /** A pack that is cut off gives what stands before the cut. */
  private static HashMap<String, byte[]> search(
      Path pack, Set<String> wanted, int most, Configuration hadoop) throws IOException {
    HashMap<String, byte[]> found = new HashMap<>();
    try (PackEntries entries =
        PackEntries.open(pack.getFileSystem(hadoop).open(pack), pack.getName())) {
      Optional<String> name = nextUnlessBroken(entries);
      while (name.isPresent()) {
        String whole = name.get();
        String base = whole.substring(whole.lastIndexOf('/') + 1);
        if (wanted.contains(whole) || wanted.contains(base)) {
          byte[] bytes = entries.bytes(most);
          found.put(whole, bytes);
          found.put(base, bytes);
        }
        name = nextUnlessBroken(entries);
      }
    }
    return found;
  }

  private static Optional<String> nextUnlessBroken(PackEntries entries) {
    try {
      return entries.next();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
