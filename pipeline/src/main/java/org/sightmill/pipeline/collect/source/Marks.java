package org.sightmill.pipeline.collect.source;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finding what stands where a source marks it. */
final class Marks {
  private Marks() {}

  /** The first group of the last match. */
  static Optional<String> last(Pattern pattern, String text) {
    Optional<String> found = Optional.empty();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found = Optional.of(matcher.group(1).strip());
    }
    return found;
  }

  /** A text for messages. */
  static String shown(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 80 ? line : line.substring(0, 77) + "...";
  }

  /** A path's last part. */
  static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A path without its ending. */
  static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot <= path.lastIndexOf('/') ? path : path.substring(0, dot);
  }
}
