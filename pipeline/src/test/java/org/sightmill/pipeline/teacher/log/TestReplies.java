package org.sightmill.pipeline.teacher.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Replies to keep. */
final class TestReplies {
  private TestReplies() {}

  static String key(int number) {
    try {
      byte[] bytes = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static LoggedReply answer(String key, String text, long atMs) {
    return with(key, new LoggedReply.Answer(text, "why \u00e4", "stop"), atMs);
  }

  static LoggedReply failure(String key, String code, long atMs) {
    return with(key, new LoggedReply.Failure(code, "HTTP 400: too long"), atMs);
  }

  private static LoggedReply with(String key, LoggedReply.Outcome outcome, long atMs) {
    return new LoggedReply(
        key,
        "s-1",
        "distill",
        "reasoner",
        "m-1",
        "http://h:1",
        "p",
        outcome,
        10L,
        20L,
        0.01,
        7,
        atMs);
  }
}
