package org.sightmill.trainer.distributed;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.sightmill.trainer.distributed.exchange.TemporaryFolder;

/**
 * The driver's memory of what was done since the last checkpoint: that checkpoint, and the task of
 * every step after it. When all executors are lost at once, their successors take the same steps
 * again. On disk, since tasks hold whole rollout batches.
 *
 * @param <T> the task of a step
 */
final class Journal<T extends Serializable> implements AutoCloseable {
  private final Class<T> type;
  private final TemporaryFolder folder;
  private long base;
  private Path checkpoint;

  Journal(Class<T> type) throws IOException {
    this.type = type;
    this.folder = TemporaryFolder.create();
  }

  /** The version that replaying starts at. */
  long base() {
    return base;
  }

  /** The state of that version; empty where it is the base model's. */
  Optional<Path> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /** Notes a step before it is taken. */
  void add(long step, T task) {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file(step)))) {
      Serialized.write(task, out);
    } catch (IOException e) {
      throw new UncheckedIOException("noting step " + step, e);
    }
  }

  /** The task of a step since the checkpoint. */
  T task(long step) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file(step)))) {
      return Serialized.read(in, type);
    }
  }

  private Path file(long step) {
    return folder.path().resolve("step-" + step);
  }

  /** Starts anew from a checkpoint, whose files are kept here too: its folder may be moved. */
  void startFrom(long version, Path state) throws IOException {
    Path kept = Files.createDirectories(folder.path().resolve("checkpoint-" + version));
    try (Stream<Path> files = Files.list(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        link(file, kept.resolve(file.getFileName().toString()));
      }
    }
    Path old = checkpoint;
    checkpoint = kept;
    base = version;
    forget(old);
  }

  /** A second name where the file system has them, a copy where it does not. */
  private static void link(Path file, Path name) throws IOException {
    Files.deleteIfExists(name);
    try {
      Files.createLink(name, file);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(file, name);
    }
  }

  private void forget(Path old) throws IOException {
    try (Stream<Path> all = Files.list(folder.path())) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        Files.delete(path);
      }
    }
    if (old != null && !old.equals(checkpoint)) {
      try (Stream<Path> all = Files.list(old)) {
        for (Path path : all.toList()) {
          Files.delete(path);
        }
      }
      Files.delete(old);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
