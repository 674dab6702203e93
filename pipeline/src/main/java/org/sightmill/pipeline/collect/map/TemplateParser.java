package org.sightmill.pipeline.collect.map;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads template text into its pieces. {@code {{} and {@code }}} stand for single braces. */
final class TemplateParser {
  private static final Pattern FOR =
      Pattern.compile(
          "for\\s+(?:(\\w+)\\s*,\\s*)?(\\w+)\\s+in\\s+(\\S+)"
              + "(?:\\s+where\\s+(.+?))?(?:\\s+join\\s+\"([^\"]*)\")?",
          Pattern.DOTALL);
  private static final Pattern IF = Pattern.compile("if\\s+(.+)", Pattern.DOTALL);
  private static final Pattern TEST =
      Pattern.compile("(\\S+?)(?:\\s*(=|!=)\\s*\"([^\"]*)\")?", Pattern.DOTALL);
  private static final Pattern FRACTIONS =
      Pattern.compile("fractions\\(\\s*(\\S+?)\\s*,\\s*(\\S+?)\\s*,\\s*(\\S+?)\\s*\\)");
  private static final Pattern ALTERNATIVE =
      Pattern.compile("\\s*(?:\"([^\"]*)\"|([^|\"]+?))\\s*(?:\\||$)", Pattern.DOTALL);

  private final String text;
  private final Deque<Block> open = new ArrayDeque<>();
  private final StringBuilder literal = new StringBuilder();

  private TemplateParser(String text) {
    this.text = text;
  }

  /** A part that waits for its {@code {end}}. */
  private record Block(List<Piece> pieces, Function<Piece, Piece> closed, String opening) {}

  static Piece parse(String text) {
    return new TemplateParser(text).parse();
  }

  private Piece parse() {
    open.push(new Block(new ArrayList<>(), Function.identity(), ""));
    int at = 0;
    while (at < text.length()) {
      at = step(at);
    }
    flush();
    if (open.size() > 1) {
      throw problem("{%s} has no {end}".formatted(open.peek().opening()));
    }
    return new Piece.Sequence(List.copyOf(open.pop().pieces()));
  }

  /** Reads one character, doubled brace or tag; returns where the next begins. */
  private int step(int at) {
    char c = text.charAt(at);
    if (c != '{' && c != '}') {
      literal.append(c);
      return at + 1;
    }
    if (at + 1 < text.length() && text.charAt(at + 1) == c) {
      literal.append(c);
      return at + 2;
    }
    int end = c == '{' ? closing(at) : -1;
    if (end < 0) {
      throw problem("'%s' at character %d stands alone; double it for text".formatted(c, at + 1));
    }
    flush();
    tag(text.substring(at + 1, end).strip());
    return end + 1;
  }

  /** The brace that closes the one at {@code from}: quoted text within a tag may hold braces. */
  private int closing(int from) {
    boolean quoted = false;
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (c == '}' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private void tag(String tag) {
    Matcher loop = FOR.matcher(tag);
    Matcher condition = IF.matcher(tag);
    if (tag.equals("end")) {
      end();
    } else if (loop.matches()) {
      open.push(new Block(new ArrayList<>(), body -> loop(loop, body), tag));
    } else if (condition.matches()) {
      Piece.Test test = test(condition.group(1));
      open.push(new Block(new ArrayList<>(), body -> new Piece.Condition(test, body), tag));
    } else {
      open.peek().pieces().add(value(tag));
    }
  }

  private void end() {
    if (open.size() == 1) {
      throw problem("{end} closes nothing");
    }
    Block block = open.pop();
    Piece body = new Piece.Sequence(List.copyOf(block.pieces()));
    open.peek().pieces().add(block.closed().apply(body));
  }

  private Piece loop(Matcher loop, Piece body) {
    return new Piece.Loop(
        Optional.ofNullable(loop.group(1)),
        loop.group(2),
        path(loop.group(3)),
        Optional.ofNullable(loop.group(4)).map(this::test),
        Optional.ofNullable(loop.group(5)).orElse(""),
        body);
  }

  private Piece.Test test(String text) {
    Matcher matcher = TEST.matcher(text.strip());
    if (!matcher.matches()) {
      throw problem(
          "'%s' is not a test: path, path = \"text\" or path != \"text\"".formatted(text));
    }
    Piece.Test.Relation relation = Piece.Test.Relation.PRESENT;
    if (matcher.group(2) != null) {
      relation =
          matcher.group(2).equals("=") ? Piece.Test.Relation.EQUAL : Piece.Test.Relation.DIFFERENT;
    }
    return new Piece.Test(path(matcher.group(1)), relation, matcher.group(3));
  }

  private Piece value(String tag) {
    Matcher fractions = FRACTIONS.matcher(tag);
    if (fractions.matches()) {
      return new Piece.Fractions(
          path(fractions.group(1)), path(fractions.group(2)), path(fractions.group(3)));
    }
    List<JsonPath> paths = new ArrayList<>();
    Optional<String> fallback = Optional.empty();
    Matcher matcher = ALTERNATIVE.matcher(tag);
    int end = 0;
    while (end < tag.length()) {
      if (fallback.isPresent() || !matcher.find(end) || matcher.start() != end) {
        throw problem("{%s} is not paths and a last \"text\" between bars".formatted(tag));
      }
      fallback = Optional.ofNullable(matcher.group(1));
      if (fallback.isEmpty()) {
        paths.add(path(matcher.group(2)));
      }
      end = matcher.end();
    }
    if (paths.isEmpty()) {
      throw problem("{%s} names no field".formatted(tag));
    }
    return new Piece.Value(List.copyOf(paths), fallback);
  }

  private static JsonPath path(String text) {
    return JsonPath.parse(text.startsWith("$") ? text.substring(1) : text);
  }

  private void flush() {
    if (literal.length() > 0) {
      open.peek().pieces().add(new Piece.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private IllegalArgumentException problem(String what) {
    return new IllegalArgumentException("template '%s': %s".formatted(text, what));
  }
}
