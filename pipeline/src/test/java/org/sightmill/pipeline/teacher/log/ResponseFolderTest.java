package org.sightmill.pipeline.teacher.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResponseFolderTest {
  @TempDir Path folder;

  private ResponseFolder open() {
    return ResponseLogs.open(folder.resolve("log").toString(), new Configuration());
  }

  @Test
  void anAnswerAndAFailureReadBackAsTheyWere() {
    LoggedReply answer =
        TestReplies.answer(TestReplies.key(1), "a \"quoted\"\nline \u2028 \ud83d\ude00", 5);
    LoggedReply failure = TestReplies.failure(TestReplies.key(2), "CONTEXT_TOO_LONG", 6);
    try (ResponseFolder log = open()) {
      log.append(answer).toCompletableFuture().join();
      log.append(failure).toCompletableFuture().join();
      assertThat(log.find(answer.requestSha256(), "other")).contains(answer);
    }
    try (ResponseFolder log = open()) {
      assertThat(log.find(answer.requestSha256(), "other")).contains(answer);
      assertThat(log.find(failure.requestSha256(), "other")).contains(failure);
      assertThat(log.find(TestReplies.key(3), "other")).isEmpty();
    }
  }

  @Test
  void whatWasAcknowledgedIsOnDiskBeforeTheFileIsClosed() {
    LoggedReply answer = TestReplies.answer(TestReplies.key(1), "x".repeat(3_000), 5);
    ResponseFolder writing = open();
    writing.append(answer).toCompletableFuture().join();
    try (ResponseFolder other = open()) {
      assertThat(other.find(answer.requestSha256(), "s")).contains(answer);
    } finally {
      writing.close();
    }
  }

  @Test
  void anotherProcessSeesNewAnswersOnceItIsTold() {
    LoggedReply first = TestReplies.answer(TestReplies.key(1), "one", 1);
    LoggedReply second = TestReplies.answer(first.requestSha256(), "two", 2);
    try (ResponseFolder writing = open();
        ResponseFolder reading = open()) {
      writing.append(first).toCompletableFuture().join();
      assertThat(reading.find(first.requestSha256(), "s")).contains(first);
      writing.append(second).toCompletableFuture().join();
      assertThat(reading.find(first.requestSha256(), "s")).contains(first);
      reading.expire();
      assertThat(reading.find(first.requestSha256(), "s")).contains(second);
      assertThat(reading.answers()).isEqualTo(1);
    }
  }

  @Test
  void aReplyThatCannotBeKeptIsNotAcknowledged() throws IOException {
    Files.writeString(folder.resolve("log"), "a file where the folder should be");
    try (ResponseFolder log = open()) {
      assertThatThrownBy(
              () ->
                  log.append(TestReplies.answer(TestReplies.key(1), "x", 1))
                      .toCompletableFuture()
                      .get())
          .cause()
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aClosedLogRefusesMore() {
    ResponseFolder log = open();
    log.append(TestReplies.answer(TestReplies.key(1), "x", 1)).toCompletableFuture().join();
    log.close();
    log.append(TestReplies.answer(TestReplies.key(2), "y", 1)).toCompletableFuture().join();
    log.close();
    try (ResponseFolder again = open()) {
      assertThat(again.answers()).isEqualTo(2);
    }
  }

  @Test
  void compactionJoinsSmallSegmentsAndKeepsTheLatestReply() throws IOException {
    int lives = 8;
    for (int life = 0; life < lives; life++) {
      try (ResponseFolder log = open()) {
        for (int i = 0; i < 20; i++) {
          log.append(TestReplies.answer(TestReplies.key(i), "life " + life, life))
              .toCompletableFuture()
              .join();
        }
      }
    }
    ResponseFolder reading = open();
    assertThat(reading.find(TestReplies.key(0), "s")).isPresent();
    try (ResponseFolder log = open()) {
      assertThat(new Compaction(log, 2, Compaction.QUIET_MILLIS).run()).isZero();
      assertThat(new Compaction(log, 2, 0).run()).isGreaterThan(lives);
    }
    assertThat(reading.find(TestReplies.key(0), "s"))
        .as("under a reader's hands")
        .contains(TestReplies.answer(TestReplies.key(0), "life 7", 7));
    reading.close();
    try (ResponseFolder log = open()) {
      assertThat(log.segments().size()).isLessThanOrEqualTo(ResponseFolder.BUCKETS);
      for (int i = 0; i < 20; i++) {
        assertThat(log.find(TestReplies.key(i), "s"))
            .contains(TestReplies.answer(TestReplies.key(i), "life 7", 7));
      }
    }
  }

  @Test
  void aRecordIsOneLineThatSaysWhatItIs() throws IOException {
    LoggedReply answer = TestReplies.answer(TestReplies.key(1), "two\nlines", 5);
    try (ResponseFolder log = open()) {
      log.append(answer).toCompletableFuture().join();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> segments = files.filter(file -> file.toString().endsWith(".log")).toList();
      assertThat(segments).hasSize(1);
      assertThat(Files.readAllLines(segments.get(0)))
          .singleElement()
          .asString()
          .startsWith("SM1 " + answer.requestSha256() + " 0000000000000005 ")
          .contains("{\"sample_id\":\"s-1\",\"step\":\"distill\"")
          .contains("\"text\":\"two\\nlines\"")
          .doesNotContain("failure_code");
    }
  }

  @Test
  void anIndexOfManyKeysFindsThemAll() {
    HashIndex index = new HashIndex();
    Random random = new Random(7);
    HashIndex.Key[] keys = new HashIndex.Key[50_000];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new HashIndex.Key(random.nextLong(), random.nextLong());
      index.put(keys[i], i, 10);
      index.put(keys[i], 1_000_000 + i, 9);
    }
    assertThat(index.size()).isEqualTo(keys.length);
    for (int i = 0; i < keys.length; i++) {
      assertThat(index.place(keys[i])).isEqualTo(i);
    }
    assertThat(index.place(new HashIndex.Key(1, 2))).isEqualTo(HashIndex.ABSENT);
  }
}
