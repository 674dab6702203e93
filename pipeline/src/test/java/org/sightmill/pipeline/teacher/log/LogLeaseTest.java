package org.sightmill.pipeline.teacher.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.check.InvalidConfigException;

final class LogLeaseTest {
  private static final LogLease.Timing FAST = new LogLease.Timing(20, 400);

  @TempDir Path folder;

  private LogLease lease(String who, Runnable whenLost) throws IOException {
    FileSystem local = FileSystem.getLocal(new Configuration());
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(folder.resolve("_lease").toString());
    return new LogLease(local, path, who, whenLost, FAST);
  }

  @Test
  void aSecondLiveDriverIsRefusedAndToldWhoHoldsIt() throws IOException {
    LogLease first = lease("run one", () -> {}).taken();
    try {
      assertThatThrownBy(() -> lease("run two", () -> {}).taken())
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageContaining("root is in use: run one (process ")
          .hasMessageContaining("wait until it has ended, or use another root");
    } finally {
      first.close();
    }
    lease("run three", () -> {}).taken().close();
    assertThat(folder.resolve("_lease")).isEmptyDirectory();
  }

  @Test
  void aClaimOfAProcessThatIsGoneIsTakenOverAtOnce() throws IOException {
    write("{\"who\":\"dead\",\"host\":\"%s\",\"pid\":4194399,\"held\":true,\"beat\":7}");
    LogLease lease = lease("next", () -> {}).taken();
    assertThat(lease.tookOver()).isTrue();
    lease.close();
  }

  @Test
  void aClaimThatNoLongerCountsIsTakenOverWhateverItsClockSays() throws IOException {
    write("{\"who\":\"dead\",\"host\":\"elsewhere\",\"pid\":1,\"held\":true,\"beat\":7}");
    Files.setLastModifiedTime(
        folder.resolve("_lease/0"),
        java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));
    LogLease lease = lease("next", () -> {}).taken();
    assertThat(lease.tookOver()).isTrue();
    lease.close();
  }

  @Test
  void aDriverWhoseClaimWasTakenIsTold() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    LogLease lease = lease("slept", lost::countDown).taken();
    try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("_lease"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
    lease.close();
  }

  @Test
  void ofManyThatStartAtOnceExactlyOneGetsIt() {
    AtomicInteger refused = new AtomicInteger();
    List<CompletableFuture<LogLease>> starting = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String who = "run " + i;
      starting.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return lease(who, () -> {}).taken();
                } catch (InvalidConfigException e) {
                  refused.incrementAndGet();
                  return null;
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              },
              task -> new Thread(task).start()));
    }
    List<LogLease> held =
        starting.stream().map(CompletableFuture::join).filter(java.util.Objects::nonNull).toList();
    held.forEach(LogLease::close);
    assertThat(held).hasSize(1);
    assertThat(refused).hasValue(5);
  }

  private void write(String claim) throws IOException {
    Files.createDirectories(folder.resolve("_lease"));
    String host = java.net.InetAddress.getLocalHost().getHostName();
    Files.writeString(folder.resolve("_lease/0"), claim.formatted(host));
  }
}
