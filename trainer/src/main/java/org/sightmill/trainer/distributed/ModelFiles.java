package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The files of {@code model.path} with their hashes as the driver read them. A node has them
 * already (a local folder, a snapshot in a Hugging Face cache), or fetches them once from the URI;
 * either way it checks every hash before it uses them.
 *
 * @param uri the folder, fully qualified
 * @param files in order of their names
 */
record ModelFiles(String uri, List<Entry> files) implements Serializable {
  private static final String REFERENCES = "refs/main";
  private static final int BUFFER_BYTES = 1 << 20;

  /** Copies the list. */
  ModelFiles {
    files = List.copyOf(files);
  }

  /** A file's name, length and SHA-256 in hexadecimal. */
  record Entry(String name, long bytes, String sha256) implements Serializable {}

  /**
   * Reads a folder's files.
   *
   * @param path a local folder, a model's folder in a Hugging Face cache ({@code
   *     models--owner--name}), or any Hadoop URI
   */
  static ModelFiles of(String path, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(snapshot(path));
    FileSystem files = folder.getFileSystem(hadoop);
    if (!files.exists(folder)) {
      throw new IOException("model.path %s does not exist".formatted(path));
    }
    List<FileStatus> found = new ArrayList<>(List.of(files.listStatus(folder)));
    found.removeIf(FileStatus::isDirectory);
    found.sort(Comparator.comparing(status -> status.getPath().getName()));
    List<Entry> entries = new ArrayList<>();
    for (FileStatus status : found) {
      try (InputStream in = files.open(status.getPath())) {
        entries.add(new Entry(status.getPath().getName(), status.getLen(), sha256(in)));
      }
    }
    return new ModelFiles(files.makeQualified(folder).toString(), entries);
  }

  /** The snapshot that a model's folder in a Hugging Face cache points to; else the path itself. */
  static String snapshot(String path) throws IOException {
    if (path.contains(":/")) {
      return path;
    }
    Path folder = Path.of(path);
    Path reference = folder.resolve(REFERENCES);
    return Files.exists(reference)
        ? folder.resolve("snapshots").resolve(Files.readString(reference).strip()).toString()
        : path;
  }

  /**
   * The folder on this node, fetched if need be, its hashes checked.
   *
   * @throws IOException naming the file that is missing or differs from the driver's
   */
  Path fetched() throws IOException {
    return fetched(hadoopHere());
  }

  /** The same with other settings of Hadoop. */
  Path fetched(Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(uri);
    if ("file".equals(remote.toUri().getScheme())) {
      Path local = Path.of(remote.toUri().getPath());
      check(local);
      return local;
    }
    return fetched(remote, cache().resolve(identity()), hadoop);
  }

  /**
   * Beside the application's other files, so that it goes when the application does; without one,
   * among the machine's temporary files.
   */
  private static Path cache() throws IOException {
    String root =
        SparkEnv.get() == null
            ? System.getProperty("java.io.tmpdir")
            : SparkFiles.getRootDirectory();
    return Files.createDirectories(Path.of(root).resolve("sightmill-models"));
  }

  private String identity() {
    MessageDigest digest = newSha256();
    digest.update(uri.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    files.forEach(
        file -> digest.update(file.sha256().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  /** One process of the node fetches, the others wait at the lock and find the folder. */
  Path fetched(org.apache.hadoop.fs.Path remote, Path target, Configuration hadoop)
      throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                target.resolveSibling(target.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(target)) {
        Path partial =
            Files.createDirectories(target.resolveSibling(target.getFileName() + ".part"));
        FileSystem source = remote.getFileSystem(hadoop);
        for (Entry file : files) {
          try (InputStream in = source.open(new org.apache.hadoop.fs.Path(remote, file.name()))) {
            Files.copy(in, partial.resolve(file.name()), StandardCopyOption.REPLACE_EXISTING);
          }
        }
        check(partial);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return target;
  }

  /** With what the application sets: on an executor, only Spark's environment knows it. */
  private static Configuration hadoopHere() {
    SparkEnv env = SparkEnv.get();
    return env == null ? new Configuration() : SparkHadoopUtil.get().newConfiguration(env.conf());
  }

  private void check(Path folder) throws IOException {
    for (Entry file : files) {
      Path path = folder.resolve(file.name());
      if (!Files.exists(path)) {
        throw new IOException(
            "[%s] is missing on this node; the driver has it in %s".formatted(path, uri));
      }
      try (InputStream in = Files.newInputStream(path)) {
        String actual = sha256(in);
        if (!actual.equals(file.sha256())) {
          throw new IOException(
              "[%s] has SHA-256 %s on this node but %s at the driver"
                  .formatted(path, actual, file.sha256()));
        }
      }
    }
  }

  private static String sha256(InputStream in) throws IOException {
    MessageDigest digest = newSha256();
    try (DigestInputStream hashing = new DigestInputStream(in, digest)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      while (hashing.read(buffer) >= 0) {
        continue;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
