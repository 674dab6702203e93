package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the Python literals that benchmark files hold: lists, tuples, dictionaries, texts, numbers.
 * Nothing is evaluated.
 */
final class PythonLiteral {
  private static final int MAX_DEPTH = 50;

  private final String text;
  private int at;
  private int depth;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** A text that is no literal of the kinds known here. */
  private static final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SyntaxException(String message) {
      super(message, null, false, false);
    }
  }

  /** The elements of a list or tuple, each as text. */
  static Optional<List<String>> texts(String literal) {
    return parse(literal)
        .filter(List.class::isInstance)
        .map(list -> ((List<?>) list).stream().map(String::valueOf).toList());
  }

  /** The entries of a dictionary as texts. */
  static Optional<Map<String, String>> map(String literal) {
    return parse(literal)
        .filter(Map.class::isInstance)
        .map(
            entries -> {
              Map<String, String> texts = new LinkedHashMap<>();
              ((Map<?, ?>) entries)
                  .forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
              return texts;
            });
  }

  private static Optional<Object> parse(String literal) {
    PythonLiteral parser = new PythonLiteral(literal);
    try {
      Object value = parser.value();
      parser.skip();
      return parser.at == literal.length() ? Optional.of(value) : Optional.empty();
    } catch (SyntaxException e) {
      // A cell that only looks like a literal is text: the caller decides what that means.
      return Optional.empty();
    }
  }

  private Object value() {
    skip();
    return switch (peek()) {
      case '[' -> sequence(']');
      case '(' -> sequence(')');
      case '{' -> dictionary();
      case '\'', '"' -> adjacent();
      default -> word();
    };
  }

  private List<Object> sequence(char end) {
    enter();
    List<Object> values = new ArrayList<>();
    while (!closes(end)) {
      values.add(value());
      separate(end);
    }
    depth--;
    return values;
  }

  private Map<Object, Object> dictionary() {
    enter();
    Map<Object, Object> entries = new LinkedHashMap<>();
    while (!closes('}')) {
      Object key = value();
      skip();
      expect(':');
      entries.put(key, value());
      separate('}');
    }
    depth--;
    return entries;
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw new SyntaxException("nested too deep");
    }
  }

  private boolean closes(char end) {
    skip();
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  private void separate(char end) {
    skip();
    if (peek() != end) {
      expect(',');
    }
  }

  /** Texts that stand beside one another are one. */
  private String adjacent() {
    StringBuilder value = new StringBuilder(quoted());
    skip();
    while (at < text.length() && "'\"".indexOf(text.charAt(at)) >= 0) {
      value.append(quoted());
      skip();
    }
    return value.toString();
  }

  private String quoted() {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (peek() != quote) {
      char c = text.charAt(at++);
      if (c == '\\') {
        escape(value);
      } else {
        value.append(c);
      }
    }
    at++;
    return value.toString();
  }

  /** An escape that Python does not know keeps its backslash. */
  private void escape(StringBuilder value) {
    char c = peek();
    at++;
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'f' -> value.append('\f');
      case 'b' -> value.append('\b');
      case 'a' -> value.append('\u0007');
      case 'v' -> value.append('\u000b');
      case '\\', '\'', '"' -> value.append(c);
      case '\n' -> {}
      case 'x' -> value.appendCodePoint(code(2));
      case 'u' -> value.append((char) code(4));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> value.append(octal());
      default -> value.append('\\').append(c);
    }
  }

  /** Up to three octal digits, the first of which is behind. */
  private char octal() {
    int start = at - 1;
    while (at < Math.min(text.length(), start + 3) && "01234567".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return (char) Integer.parseInt(text.substring(start, at), 8);
  }

  private int code(int digits) {
    if (at + digits > text.length()) {
      throw new SyntaxException("a cut escape");
    }
    try {
      int code = Integer.parseInt(text.substring(at, at + digits), 16);
      at += digits;
      return code;
    } catch (NumberFormatException e) {
      throw new SyntaxException("an escape that is no number");
    }
  }

  /** A number, or one of Python's three names. */
  private Object word() {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.matches("True|False|None|[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      return word;
    }
    throw new SyntaxException("no literal: " + word);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || "+-._".indexOf(c) >= 0;
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new SyntaxException("ends early");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new SyntaxException("no " + c);
    }
    at++;
  }
}
