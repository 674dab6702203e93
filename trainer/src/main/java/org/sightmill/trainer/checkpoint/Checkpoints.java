package org.sightmill.trainer.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The resume points of a run: folders {@code step-00000012} with whatever the run puts there and
 * {@code state.json}. A folder appears whole or not at all, so that a crash or a full disk leaves
 * the one before; the last few stay, and the best.
 */
public final class Checkpoints {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "step-";
  private static final String STATE = "state.json";
  private static final String BEST = "best.json";
  private static final String PARTIAL = ".partial";

  private final Path folder;
  private final int keepLast;
  private final Afterwards afterwards;

  /** What follows when resume points have changed. */
  @FunctionalInterface
  public interface Afterwards {
    /** Is told after a resume point was written, and after one was marked. */
    void changed() throws IOException;
  }

  /** Writes what a resume point holds beside its state. */
  @FunctionalInterface
  public interface Payload {
    /** Fills an empty folder. */
    void write(Path folder) throws IOException;
  }

  /** A resume point that is there. */
  public record Saved(long step, Path folder, JsonNode state) {}

  /**
   * The resume points in a folder, which need not be there yet.
   *
   * @param keepLast how many of the newest stay, at least 1
   */
  public Checkpoints(Path folder, int keepLast) {
    this(folder, keepLast, () -> {});
  }

  /**
   * The same, telling somebody who keeps copies elsewhere.
   *
   * @param afterwards fails the write when it fails; what was written stays
   */
  public Checkpoints(Path folder, int keepLast, Afterwards afterwards) {
    if (keepLast < 1) {
      throw new IllegalArgumentException("save_total_limit must be at least 1 but was " + keepLast);
    }
    this.folder = folder;
    this.keepLast = keepLast;
    this.afterwards = afterwards;
  }

  /**
   * Writes a resume point, then removes those that are too many.
   *
   * @throws IOException naming the folder; the ones before are as they were
   */
  public void write(long step, ObjectNode state, Payload payload) throws IOException {
    Files.createDirectories(folder);
    Path whole = path(step);
    Path partial = whole.resolveSibling(whole.getFileName() + PARTIAL);
    try {
      delete(partial);
      Files.createDirectory(partial);
      payload.write(partial);
      writeForced(partial.resolve(STATE), state);
      delete(whole); // of a run that was resumed further back
      Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(partial, e);
      throw new IOException("checkpoint %s can't be written: %s".formatted(whole, e), e);
    }
    prune();
    afterwards.changed();
  }

  /** Removes every resume point, for a run that starts anew. */
  public void clear() throws IOException {
    for (Path path : all()) {
      delete(path);
    }
    Files.deleteIfExists(folder.resolve(BEST));
  }

  /** Frees what a full disk holds; a second failure only adds to the first. */
  private static void discard(Path partial, IOException cause) {
    try {
      delete(partial);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void writeForced(Path file, ObjectNode content) throws IOException {
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Marks a resume point as the best so far; it stays until another is better. */
  public void markBest(long step, double value) throws IOException {
    ObjectNode best = JSON.createObjectNode().put("step", step).put("value", value);
    Path partial = folder.resolve(BEST + PARTIAL);
    Files.deleteIfExists(partial);
    writeForced(partial, best);
    Files.move(
        partial,
        folder.resolve(BEST),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    afterwards.changed();
  }

  /** The step of the best resume point, if one was marked. */
  public OptionalLong best() throws IOException {
    Path file = folder.resolve(BEST);
    return Files.exists(file)
        ? OptionalLong.of(JSON.readTree(file.toFile()).path("step").asLong())
        : OptionalLong.empty();
  }

  /** The best resume point, if one was marked and is there. */
  public Optional<Saved> bestSaved() throws IOException {
    OptionalLong step = best();
    return step.isPresent() && Files.isDirectory(path(step.getAsLong()))
        ? Optional.of(saved(path(step.getAsLong())))
        : Optional.empty();
  }

  /** The newest resume point. */
  public Optional<Saved> latest() throws IOException {
    List<Path> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(saved(all.get(all.size() - 1)));
  }

  private static Saved saved(Path folder) throws IOException {
    return new Saved(step(folder), folder, JSON.readTree(folder.resolve(STATE).toFile()));
  }

  private List<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.getFileName().toString().matches(PREFIX + "\\d+"))
          .sorted(Comparator.comparingLong(Checkpoints::step))
          .toList();
    }
  }

  private void prune() throws IOException {
    List<Path> all = all();
    OptionalLong best = best();
    for (Path path : all.subList(0, Math.max(0, all.size() - keepLast))) {
      if (best.isEmpty() || best.getAsLong() != step(path)) {
        delete(path);
      }
    }
  }

  private static long step(Path path) {
    return Long.parseLong(path.getFileName().toString().substring(PREFIX.length()));
  }

  private Path path(long step) {
    return folder.resolve(PREFIX + "%08d".formatted(step));
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
