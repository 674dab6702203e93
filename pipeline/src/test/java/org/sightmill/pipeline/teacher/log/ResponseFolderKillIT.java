package org.sightmill.pipeline.teacher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Kills writers and compactions at random points and looks for every answer acknowledged. */
final class ResponseFolderKillIT {
  private static final int KILLS = 1_000;
  private static final int LIVES = 3;
  private static final int KEYS = 60;
  private static final LogSettings SMALL_FILES = new LogSettings(3, 1_200, 1, 2_500);

  private int acknowledgedInAll;
  private int killedInAll;

  @Test
  void everyAcknowledgedAnswerReadsBackAfterAThousandKills() throws IOException {
    for (int seed = 0; seed < KILLS; seed++) {
      livesOfOneLog(new Random(seed));
    }
    assertThat(killedInAll).isGreaterThanOrEqualTo(KILLS);
    assertThat(acknowledgedInAll).isGreaterThan(10 * KILLS);
  }

  private void livesOfOneLog(Random random) throws IOException {
    LossyFileSystem files = new LossyFileSystem(random, random.nextBoolean());
    Map<String, LoggedReply> acknowledged = new HashMap<>();
    for (int life = 0; life < LIVES; life++) {
      files.killAfter(1 + random.nextInt(120));
      write(files, random, life, acknowledged);
      compactSometimes(files, random);
      files.revive();
      killedInAll++;
      readBack(files, acknowledged);
    }
    acknowledgedInAll += acknowledged.size();
  }

  private static void write(
      LossyFileSystem files, Random random, int life, Map<String, LoggedReply> acknowledged) {
    Map<LoggedReply, CompletableFuture<Void>> appended = new HashMap<>();
    try (ResponseFolder log = log(files)) {
      for (int i = 0; i < 40; i++) {
        LoggedReply reply = reply(random, 1_000L * life + i);
        appended.put(reply, log.append(reply).toCompletableFuture());
        if (random.nextInt(8) == 0) {
          Thread.onSpinWait();
        }
      }
    }
    appended.forEach(
        (reply, done) -> {
          assertThat(done).as("every append ends").isDone();
          if (!done.isCompletedExceptionally()) {
            acknowledged.merge(reply.requestSha256(), reply, ResponseFolderKillIT::later);
          }
        });
  }

  private static void compactSometimes(LossyFileSystem files, Random random) {
    if (random.nextBoolean()) {
      try (ResponseFolder log = log(files)) {
        long joined = new Compaction(log, 2, 0).run();
        assertThat(joined).isNotNegative();
      } catch (IOException e) {
        assertThat(e).hasMessage("killed");
      }
    }
  }

  private static void readBack(LossyFileSystem files, Map<String, LoggedReply> acknowledged) {
    try (ResponseFolder log = log(files)) {
      acknowledged.forEach(
          (key, reply) -> {
            Optional<LoggedReply> found = log.find(key, "s");
            assertThat(found).as("the answer to %s", key).isPresent();
            // A later one that was durable though nobody was told is as good.
            if (found.get().atMs() == reply.atMs()) {
              assertThat(found).contains(reply);
            } else {
              assertThat(found.get().atMs()).isGreaterThan(reply.atMs());
            }
          });
    }
  }

  private static LoggedReply later(LoggedReply a, LoggedReply b) {
    return a.atMs() >= b.atMs() ? a : b;
  }

  private static ResponseFolder log(LossyFileSystem files) {
    return new ResponseFolder(files, new Path("lossy:///log"), SMALL_FILES);
  }

  private static LoggedReply reply(Random random, long atMs) {
    String text = "line\n".repeat(random.nextInt(60));
    return TestReplies.answer(TestReplies.key(random.nextInt(KEYS)), text, atMs);
  }

  @Test
  void aSegmentOfRubbishIsReadOverUpToTheNextRecord() throws IOException {
    LossyFileSystem files = new LossyFileSystem(new Random(1), false);
    LoggedReply first = TestReplies.answer(TestReplies.key(1), "one", 1);
    LoggedReply second = TestReplies.answer(TestReplies.key(2), "two", 2);
    Path path = new Path("lossy:///log/bucket=mixed/1-x-1.log");
    try (org.apache.hadoop.fs.FSDataOutputStream out = files.create(path, true)) {
      out.write(RecordFormat.encode(first));
      out.write("SM1 torn\n half a line".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.write(new byte[300]);
      out.write('\n');
      out.write(RecordFormat.encode(second));
      out.write(RecordFormat.encode(first), 0, 150);
    }
    List<String> keys = new ArrayList<>();
    long end = new Segment(files, path).scan(0, (header, json, offset) -> keys.add(header.key()));
    assertThat(keys).containsExactly(first.requestSha256(), second.requestSha256());
    assertThat(end).isEqualTo(files.getFileStatus(path).getLen() - 150);
  }
}
