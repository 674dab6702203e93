package org.sightmill.pipeline.answer.math;

import java.util.List;

/** A position in a list of tokens, with the caps on depth and size. */
final class Cursor {
  private static final Token END = new Token(Token.Kind.END, "", false);

  private final List<Token> tokens;
  private int at;
  private int depth;
  private int bits;
  private int nodes;
  private int chained;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
  }

  Token next() {
    Token token = peek();
    at++;
    return token;
  }

  boolean accept(String operator) {
    if (!peek().isOp(operator)) {
      return false;
    }
    at++;
    return true;
  }

  void expect(String operator) {
    if (!accept(operator)) {
      throw new SyntaxException("expected '%s' but found '%s'".formatted(operator, peek().text()));
    }
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  int position() {
    return at;
  }

  void reset(int position) {
    at = position;
  }

  /** Replaces a number token by its digits behind the first, as TeX reads {@code \frac12}. */
  String takeDigit() {
    Token token = peek();
    String digits = token.text();
    if (digits.length() == 1 || !digits.chars().allMatch(Character::isDigit)) {
      at++;
      return digits;
    } else {
      tokens.set(at, new Token(Token.Kind.NUMBER, digits.substring(1), false));
    }
    return digits.substring(0, 1);
  }

  /** Counts an operator whose node holds everything before it. */
  void chain() {
    if (++chained > Budget.MAX_CHAIN) {
      throw new BudgetExceededException("a chain of over %d operators".formatted(Budget.MAX_CHAIN));
    }
  }

  void enter() {
    nodes++;
    if (++depth > Budget.MAX_DEPTH) {
      throw new BudgetExceededException("nested deeper than %d".formatted(Budget.MAX_DEPTH));
    }
    if (nodes > Budget.MAX_NODES) {
      throw new BudgetExceededException("more than %d parts".formatted(Budget.MAX_NODES));
    }
  }

  /** Counts the length of a number. */
  void number(Rational value) {
    bits += value.bits();
    if (bits > Budget.MAX_BITS_OF_ALL) {
      throw new BudgetExceededException(
          "numbers of over %d bits together".formatted(Budget.MAX_BITS_OF_ALL));
    }
  }

  void leave() {
    depth--;
  }
}
