package org.sightmill.pipeline.collect.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Pictures under the hash of their bytes, {@code ab/<sha256>.<ext>}, each written once. A file that
 * is there is whole: it appears by a rename, or on object stores when its upload ends. Tasks that
 * store the same picture at the same time don't disturb one another.
 *
 * <p>Made on the executor that uses it; not serializable.
 */
public final class ImageStore {
  private static final Set<String> OBJECT_STORES =
      Set.of("s3a", "s3", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cosn", "obs");

  private final Path folder;
  private final FileSystem fileSystem;
  private final java.nio.file.Path local;

  /** A store in {@code folder}, which is made when the first picture is stored. */
  public ImageStore(Path folder, Configuration hadoop) throws IOException {
    this.fileSystem = folder.getFileSystem(hadoop);
    this.folder = fileSystem.makeQualified(folder);
    this.local =
        fileSystem.getUri().getScheme().equals("file")
            ? java.nio.file.Path.of(this.folder.toUri().getPath())
            : null;
  }

  /** SHA-256 in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Where a picture lies below the store's folder. */
  public static String relativePath(String sha256, ImageFormat format) {
    return sha256.substring(0, 2) + "/" + sha256 + "." + format.extension();
  }

  /** Writes the bytes unless they are there; returns their path below the store's folder. */
  public String put(String sha256, ImageFormat format, byte[] bytes) throws IOException {
    String relative = relativePath(sha256, format);
    put(relative, bytes);
    return relative;
  }

  /** Whether a file is there under a path below the store's folder. */
  public boolean contains(String relative) throws IOException {
    return local == null
        ? fileSystem.exists(new Path(folder, relative))
        : Files.exists(local.resolve(relative));
  }

  /** Writes the bytes under a path below the store's folder, unless a file is there. */
  public void put(String relative, byte[] bytes) throws IOException {
    if (contains(relative)) {
      return;
    }
    if (local != null) {
      putLocal(local.resolve(relative), bytes);
    } else {
      put(new Path(folder, relative), bytes);
    }
  }

  /** Hadoop's local file system starts a process for every file it makes: several ms each. */
  private static void putLocal(java.nio.file.Path target, byte[] bytes) throws IOException {
    java.nio.file.Path parent = Files.createDirectories(target.getParent());
    java.nio.file.Path temporary = parent.resolve(temporaryName());
    try {
      Files.write(temporary, bytes);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void put(Path target, byte[] bytes) throws IOException {
    if (OBJECT_STORES.contains(fileSystem.getUri().getScheme())) {
      write(target, bytes);
      return;
    }
    Path temporary = new Path(target.getParent(), temporaryName());
    write(temporary, bytes);
    boolean moved = fileSystem.rename(temporary, target);
    if (!moved) {
      fileSystem.delete(temporary, false);
      if (!fileSystem.exists(target)) {
        throw new IOException("cannot rename %s to %s".formatted(temporary, target));
      }
    }
  }

  private void write(Path path, byte[] bytes) throws IOException {
    try (OutputStream out = fileSystem.create(path, true)) {
      out.write(bytes);
    }
  }

  /** Begins with a dot, so that listings of data leave it out. */
  private static String temporaryName() {
    return ".tmp-" + UUID.randomUUID();
  }
}
