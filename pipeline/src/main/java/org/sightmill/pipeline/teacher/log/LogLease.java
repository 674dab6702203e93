package org.sightmill.pipeline.teacher.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one driver at a time to a response log: a second one would ask what the first is
 * asking, and pay for it.
 *
 * <p>Every driver writes a claim of its own, counts up in it every few seconds, and then looks at
 * the others: a claim that says {@code held} is respected; of two that don't, the smaller name
 * waits for the other to go. As each writes before it looks, two can't miss one another. No clocks
 * are compared: a claim is dead when it was watched for {@value #DEAD_MILLIS} ms and did not count,
 * or at once when its process was on this machine and is gone.
 */
public final class LogLease implements AutoCloseable {
  /** Between two beats. */
  private static final long BEAT_MILLIS = 3_000;

  /** Five beats without one. */
  private static final long DEAD_MILLIS = 15_000;

  private static final Logger LOG = LoggerFactory.getLogger(LogLease.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem fileSystem;
  private final Path folder;
  private final Timing timing;
  private final String name = UUID.randomUUID().toString();
  private final String who;
  private final ScheduledExecutorService beats;
  private final Runnable whenLost;
  private ScheduledFuture<?> beating;
  private long beat;
  private boolean held;
  private boolean tookOver;

  /**
   * A claim as it stands in its file.
   *
   * @param who for people
   * @param host and pid: where the process can be looked up
   */
  record Claim(String who, String host, long pid, boolean held, long beat) {
    /** There is none any more. */
    static final Claim GONE = new Claim(null, "", -1, false, -1);

    /** It is being written: read it again. */
    static final Claim UNREADABLE = new Claim(null, "", -1, false, -2);

    boolean isBefore(String itsName, String myName) {
      return who != null && (held || itsName.compareTo(myName) < 0);
    }
  }

  /** How fast claims beat; tests don't wait for seconds. */
  record Timing(long beatMillis, long deadMillis) {
    static final Timing DEFAULT = new Timing(BEAT_MILLIS, DEAD_MILLIS);
  }

  LogLease(FileSystem fileSystem, Path folder, String who, Runnable whenLost, Timing timing) {
    this.fileSystem = Durability.writable(fileSystem);
    this.whenLost = whenLost;
    this.folder = folder;
    this.who = who;
    this.timing = timing;
    this.beats =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "sightmill-log-lease");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the lease of the log in {@code responsesFolder}. Waits up to {@value #DEAD_MILLIS} ms
   * where another machine's driver left without giving its own back.
   *
   * @param who names this run to who is refused
   * @param whenLost called from another thread when this process stood still for so long that
   *     another driver took over
   * @throws InvalidConfigException when another driver holds it
   */
  public static LogLease take(
      String responsesFolder, String who, Runnable whenLost, Configuration hadoop) {
    Path folder = new Path(responsesFolder, "_lease");
    try {
      FileSystem fileSystem = folder.getFileSystem(hadoop);
      return new LogLease(fileSystem, folder, who, whenLost, Timing.DEFAULT).taken();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take the lease in " + folder, e);
    }
  }

  /** Whether a driver before this one left without giving the lease back. */
  public boolean tookOver() {
    return tookOver;
  }

  LogLease taken() throws IOException {
    write();
    try {
      clearOthers();
      held = true;
      write();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    beating =
        beats.scheduleWithFixedDelay(
            this::beat, timing.beatMillis(), timing.beatMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void clearOthers() throws IOException {
    Map<Path, Watch> watches = new HashMap<>();
    List<Path> others = others();
    while (!others.isEmpty()) {
      for (Path other : others) {
        judge(other, watches.computeIfAbsent(other, path -> new Watch()));
      }
      others = others();
      if (!others.isEmpty()) {
        pause();
        write();
      }
    }
  }

  private void judge(Path path, Watch watch) throws IOException {
    Claim claim = read(path);
    if (claim.equals(Claim.GONE)) {
      return;
    }
    if (isGone(claim) || watch.isDead(claim, timing.deadMillis())) {
      tookOver = true;
      fileSystem.delete(path, false);
    } else if (watch.hasCounted && claim.isBefore(path.getName(), name)) {
      throw refused(claim);
    }
  }

  private InvalidConfigException refused(Claim claim) {
    return new InvalidConfigException(
        List.of(
            "root is in use: %s (process %d on %s) is asking teachers for it; wait until it has ended, or use another root"
                .formatted(claim.who(), claim.pid(), claim.host())));
  }

  /** What has been seen of one claim, by this process's own clock. */
  private static final class Watch {
    private final long since = System.nanoTime();
    private long lastChange = since;
    private Claim last;
    private boolean hasCounted;

    boolean isDead(Claim claim, long deadMillis) {
      if (!claim.equals(last)) {
        hasCounted |= last != null;
        last = claim;
        lastChange = System.nanoTime();
      }
      return System.nanoTime() - lastChange > TimeUnit.MILLISECONDS.toNanos(deadMillis);
    }
  }

  private static boolean isGone(Claim claim) {
    return claim.host().equals(host())
        && ProcessHandle.of(claim.pid()).filter(ProcessHandle::isAlive).isEmpty();
  }

  private List<Path> others() throws IOException {
    return java.util.Arrays.stream(fileSystem.listStatus(folder))
        .map(FileStatus::getPath)
        .filter(path -> !path.getName().equals(name) && !path.getName().startsWith("."))
        .toList();
  }

  private Claim read(Path path) throws IOException {
    try (InputStream in = fileSystem.open(path)) {
      return JSON.readValue(in, Claim.class);
    } catch (FileNotFoundException e) {
      return Claim.GONE;
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      return Claim.UNREADABLE;
    }
  }

  private synchronized void write() throws IOException {
    Claim claim = new Claim(who, host(), ProcessHandle.current().pid(), held, beat++);
    try (OutputStream out = fileSystem.create(new Path(folder, name), true)) {
      out.write(JSON.writeValueAsBytes(claim));
    }
  }

  private void beat() {
    try {
      if (fileSystem.exists(new Path(folder, name))) {
        write();
      } else {
        beating.cancel(false);
        whenLost.run();
      }
    } catch (IOException | RuntimeException e) {
      // The next beat tries again; a driver that can't write for long can't log answers either.
      LOG.warn("the lease of the response log could not be renewed: {}", e.toString());
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) {
      // Without a name the claim is watched, not looked up.
      return "unknown-" + UUID.randomUUID();
    }
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(Math.min(500, timing.beatMillis() / 2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while waiting for the lease");
    }
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    beats.shutdownNow();
    try {
      beats.awaitTermination(timing.beatMillis(), TimeUnit.MILLISECONDS);
      fileSystem.delete(new Path(folder, name), false);
    } catch (IOException e) {
      LOG.warn("the lease of the response log could not be given back: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
