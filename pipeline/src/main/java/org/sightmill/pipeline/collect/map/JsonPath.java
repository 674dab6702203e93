package org.sightmill.pipeline.collect.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path to one value of a record: names and indices, {@code a.b[0]["with space"]}. A negative
 * index counts from the end.
 *
 * @param segments names and indices as written, without brackets and quotes
 */
record JsonPath(List<Segment> segments) {
  private static final Pattern SEGMENT =
      Pattern.compile(
          "\\.?([^.\\[\\]\"{}|,()=!\\s]+)|\\[(-?[0-9]{1,6})]|\\[\"([^\"]*)\"]|\\['([^']*)']");

  /** A name, or an index where {@code name} is null. */
  record Segment(String name, int index) {}

  /** Parses a path without its leading {@code $}. The empty path is the record itself. */
  static JsonPath parse(String text) {
    List<Segment> segments = new ArrayList<>();
    Matcher matcher = SEGMENT.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new IllegalArgumentException(
            "path '%s' can't be read from character %d on".formatted(text, end + 1));
      }
      segments.add(segment(matcher));
      end = matcher.end();
    }
    return new JsonPath(List.copyOf(segments));
  }

  private static Segment segment(Matcher matcher) {
    if (matcher.group(2) != null) {
      return new Segment(null, Integer.parseInt(matcher.group(2)));
    }
    for (int group : new int[] {1, 3}) {
      if (matcher.group(group) != null) {
        return new Segment(matcher.group(group), 0);
      }
    }
    return new Segment(matcher.group(4), 0);
  }

  /** The value below {@code root}; a missing node when there is none. */
  JsonNode find(JsonNode root) {
    return find(root, 0);
  }

  /** As {@link #find(JsonNode)}, without the first {@code skipped} segments. */
  JsonNode find(JsonNode root, int skipped) {
    JsonNode node = root;
    for (Segment segment : segments.subList(skipped, segments.size())) {
      node = child(node, segment);
    }
    return node == null ? MissingNode.getInstance() : node;
  }

  private static JsonNode child(JsonNode node, Segment segment) {
    if (segment.name() != null) {
      return node.path(segment.name());
    }
    return node.path(segment.index() < 0 ? node.size() + segment.index() : segment.index());
  }
}
