package org.sightmill.pipeline.teacher;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scorer's reply, read: its only number, behind any thinking. */
public final class ScoreReply {
  private static final String THINK_END = "</think>";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w.])[-+]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][-+]?\\d{1,3})?(?![\\w/])");

  private ScoreReply() {}

  /** The score, finite; empty when the reply holds no number, or several. */
  public static OptionalDouble of(TeacherReply.Answer reply) {
    String text = reply.text() == null ? "" : reply.text();
    int end = text.lastIndexOf(THINK_END);
    Matcher numbers = NUMBER.matcher(end < 0 ? text : text.substring(end + THINK_END.length()));
    if (!numbers.find()) {
      return OptionalDouble.empty();
    }
    double score = Double.parseDouble(numbers.group());
    return numbers.find() || !Double.isFinite(score)
        ? OptionalDouble.empty()
        : OptionalDouble.of(score);
  }
}
