package org.sightmill.pipeline.teacher.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system in memory that is killed after a number of operations. What was made durable stays;
 * of what was not, a random beginning stays, with rubbish behind it at times. As an object store it
 * accepts flushes, does nothing, and keeps closed files alone.
 */
final class LossyFileSystem extends FileSystem {
  private final Random random;
  private final boolean objectStore;
  private final Map<Path, Stored> files = new TreeMap<>();
  private int operationsLeft = Integer.MAX_VALUE;
  private int generation;
  private boolean dead;

  LossyFileSystem(Random random, boolean objectStore) {
    this.random = random;
    this.objectStore = objectStore;
    setConf(new Configuration(false));
  }

  private static final class Stored {
    private byte[] durable = new byte[0];
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean closed;
  }

  /** The process is killed in its {@code operations}th operation from now. */
  synchronized void killAfter(int operations) {
    operationsLeft = operations;
  }

  /** The next process: handles of the one before it stay dead. */
  synchronized void revive() {
    if (!dead) {
      kill();
    }
    dead = false;
    generation++;
    operationsLeft = Integer.MAX_VALUE;
  }

  private void kill() {
    dead = true;
    files.values().removeIf(file -> objectStore && !file.closed);
    files.values().stream().filter(file -> !file.closed).forEach(this::tear);
  }

  private void tear(Stored file) {
    byte[] pending = file.pending.toByteArray();
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.writeBytes(file.durable);
    kept.write(pending, 0, random.nextInt(pending.length + 1));
    if (random.nextInt(4) == 0) {
      byte[] rubbish = new byte[random.nextInt(200)];
      if (random.nextBoolean()) {
        random.nextBytes(rubbish);
      }
      kept.writeBytes(rubbish);
    }
    file.durable = kept.toByteArray();
    file.closed = true;
  }

  private synchronized void operation(int ofGeneration) throws IOException {
    if (!dead && operationsLeft-- <= 0) {
      kill();
    }
    if (dead || ofGeneration != generation) {
      throw new IOException("killed");
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    operation(generation);
    synchronized (this) {
      if (!overwrite && files.containsKey(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      Stored file = new Stored();
      files.put(path, file);
      return new FSDataOutputStream(new Out(file), null);
    }
  }

  private final class Out extends OutputStream implements Syncable, StreamCapabilities {
    private final Stored file;
    private final int born = generation;

    Out(Stored file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      synchronized (LossyFileSystem.this) {
        if (!dead && born == generation) {
          file.pending.write(
              bytes, from, operationsLeft <= 0 ? random.nextInt(length + 1) : length);
        }
        operation(born);
      }
    }

    @Override
    public void hflush() throws IOException {
      hsync();
    }

    @Override
    public void hsync() throws IOException {
      synchronized (LossyFileSystem.this) {
        operation(born);
        if (!objectStore) {
          settle();
        }
      }
    }

    private void settle() {
      byte[] pending = file.pending.toByteArray();
      byte[] all = java.util.Arrays.copyOf(file.durable, file.durable.length + pending.length);
      System.arraycopy(pending, 0, all, file.durable.length, pending.length);
      file.durable = all;
      file.pending.reset();
    }

    @Override
    public void close() throws IOException {
      synchronized (LossyFileSystem.this) {
        if (!file.closed) {
          operation(born);
          settle();
          file.closed = true;
        }
      }
    }

    @Override
    public boolean hasCapability(String capability) {
      return !objectStore && capability.equals(StreamCapabilities.HSYNC);
    }
  }

  @Override
  public synchronized FSDataInputStream open(Path path, int bufferSize) throws IOException {
    Stored file = files.get(path);
    if (file == null || (objectStore && !file.closed)) {
      throw new FileNotFoundException(path.toString());
    }
    return new FSDataInputStream(new In(file.durable));
  }

  private static final class In extends FSInputStream {
    private final byte[] bytes;
    private InputStream in;
    private long position;

    In(byte[] bytes) {
      this.bytes = bytes;
      this.in = new ByteArrayInputStream(bytes);
    }

    @Override
    public void seek(long to) throws IOException {
      if (to > bytes.length) {
        throw new EOFException("cannot seek behind the end");
      }
      position = to;
      in = new ByteArrayInputStream(bytes, (int) to, bytes.length);
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }

    @Override
    public int read() throws IOException {
      position++;
      return in.read();
    }
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    operation(generation);
    synchronized (this) {
      return files.remove(path) != null;
    }
  }

  @Override
  public synchronized FileStatus[] listStatus(Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (Path path : files.keySet()) {
      if (path.getParent().equals(folder) && (!objectStore || files.get(path).closed)) {
        found.add(getFileStatus(path));
      }
    }
    if (found.isEmpty()) {
      throw new FileNotFoundException(folder.toString());
    }
    return found.toArray(new FileStatus[0]);
  }

  @Override
  public synchronized FileStatus getFileStatus(Path path) throws IOException {
    Stored file = files.get(path);
    if (file == null) {
      throw new FileNotFoundException(path.toString());
    }
    return new FileStatus(file.durable.length, false, 1, 1, 0, path);
  }

  @Override
  public String getScheme() {
    return "lossy";
  }

  @Override
  public URI getUri() {
    return URI.create("lossy:///");
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path("/");
  }

  @Override
  public void setWorkingDirectory(Path folder) {}

  @Override
  public boolean mkdirs(Path folder, FsPermission permission) {
    return true;
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("segments are never appended to again");
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("segments are never renamed");
  }
}
