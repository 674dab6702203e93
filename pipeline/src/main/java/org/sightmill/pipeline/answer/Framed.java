package org.sightmill.pipeline.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers in {@code \boxed{...}}: the last one, or the last group of neighbours as a list. */
final class Framed {
  /**
   * What was framed.
   *
   * @param content the text in the box, or the joined contents of neighbouring boxes
   * @param end where the last box ends
   */
  record Frame(String content, int end) {}

  private record Span(int start, int from, int to) {}

  private static final Pattern OPENING = Pattern.compile("\\\\(?:boxed|fbox|framebox)\\s*\\{");
  private static final Pattern FILLER =
      Pattern.compile(
          "\\\\text(?:rm)?\\{\\s*(?:and|or|,)\\s*\\}|\\\\q?quad|\\\\[,;:! \\[\\]()]|and|or|[\\s$,;+&\\\\]");
  private static final Pattern PERCENT = Pattern.compile("\\A[\\s$]*(?:\\\\?%|pct\\b|percent\\b)");
  private static final int MAX_GAP = 70;

  private Framed() {}

  static Optional<Frame> last(String text) {
    List<Span> spans = spans(text);
    if (spans.isEmpty()) {
      return Optional.empty();
    }
    int first = spans.size() - 1;
    while (first > 0 && areNeighbours(text, spans.get(first - 1), spans.get(first))) {
      first--;
    }
    Span end = spans.get(spans.size() - 1);
    String content = join(text, spans.subList(first, spans.size()));
    boolean percent = PERCENT.matcher(text.substring(end.to() + 1)).find();
    return Optional.of(new Frame(percent ? content + "\\%" : content, end.to() + 1));
  }

  /** Whether a box is opened and never closed, as where an output was cut. */
  static boolean isCut(String text) {
    if (!mayHold(text)) {
      return false;
    }
    Matcher opening = OPENING.matcher(text);
    return opening.find() && closing(text, opening.end()) < 0;
  }

  /** Part of every name of a box; most texts have none. */
  private static boolean mayHold(String text) {
    return text.contains("box");
  }

  private static List<Span> spans(String text) {
    if (!mayHold(text)) {
      return List.of();
    }
    List<Span> spans = new ArrayList<>();
    Matcher matcher = OPENING.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      int end = closing(text, matcher.end());
      if (end < 0) {
        break;
      }
      spans.add(new Span(matcher.start(), matcher.end(), end));
      from = end;
    }
    return spans;
  }

  /** The index of the brace that closes the one before {@code from}, or -1. */
  static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{' || c == '}') {
        depth += c == '{' ? 1 : -1;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  private static boolean areNeighbours(String text, Span left, Span right) {
    int gap = right.start() - left.to() - 1;
    return gap <= MAX_GAP
        && FILLER.matcher(text.substring(left.to() + 1, right.start())).replaceAll("").isEmpty();
  }

  private static String join(String text, List<Span> spans) {
    StringBuilder joined = new StringBuilder();
    Span previous = null;
    for (Span span : spans) {
      if (previous != null) {
        String gap = text.substring(previous.to() + 1, span.start());
        joined.append(gap.contains("and") ? " and " : gap.contains("or") ? " or " : ", ");
      }
      joined.append(text, span.from(), span.to());
      previous = span;
    }
    return joined.toString().strip();
  }
}
