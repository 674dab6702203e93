package org.sightmill.pipeline.answer.math;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Numerals with their base: {@code 1011_2}, {@code (1011)_{2}}, {@code 2A_{16}}; by their value.
 * Digits above nine are capitals, so that {@code 2a_{16}} stays twice the sixteenth a.
 */
final class Numerals {
  private static final int MAX_DIGITS = 200;

  private Numerals() {}

  /** Reads a numeral that stands here, or nothing and leaves the cursor where it is. */
  static Optional<Expr> read(Cursor cursor) {
    boolean bracketed = cursor.peek().isOp("(");
    int at = bracketed ? 1 : 0;
    StringBuilder digits = new StringBuilder();
    while (isDigits(cursor.peek(at), digits.isEmpty()) && digits.length() <= MAX_DIGITS) {
      digits.append(cursor.peek(at).text());
      at++;
    }
    if (bracketed && !cursor.peek(at++).isOp(")")) {
      return Optional.empty();
    }
    if (digits.isEmpty() || !cursor.peek(at).isOp("_")) {
      return Optional.empty();
    }
    return based(cursor, at + 1, digits.toString());
  }

  private static boolean isDigits(Token token, boolean first) {
    return token.kind() == Token.Kind.NUMBER
        ? first || !token.spaced()
        : token.kind() == Token.Kind.SYMBOL && !first && token.text().matches("[A-F]");
  }

  private static Optional<Expr> based(Cursor cursor, int at, String digits) {
    boolean group = cursor.peek(at).isOp("{");
    int from = at;
    while (group && (cursor.peek(from).isOp("{") || cursor.peek(from).isOp("("))) {
      from++;
    }
    Token base = cursor.peek(from);
    boolean letters = !digits.chars().allMatch(Character::isDigit);
    if (letters && !base.text().matches("1[1-6]")) {
      return Optional.empty();
    }
    int end = from + 1;
    while (group && (cursor.peek(end).isOp("}") || cursor.peek(end).isOp(")"))) {
      end++;
    }
    if (!base.text().matches("\\d{1,2}") || (group && !cursor.peek(end - 1).isOp("}"))) {
      throw new SyntaxException("a numeral with the base " + base.text());
    }
    Expr value = Expr.number(Rational.of(value(digits, Integer.parseInt(base.text()))));
    cursor.reset(cursor.position() + end);
    return Optional.of(value);
  }

  private static BigInteger value(String digits, int base) {
    if (base < 2 || base > Character.MAX_RADIX || digits.length() > MAX_DIGITS) {
      throw new SyntaxException("a numeral with the base " + base);
    }
    for (char c : digits.toCharArray()) {
      if (Character.digit(c, base) < 0) {
        throw new SyntaxException("the digit %s in base %d".formatted(c, base));
      }
    }
    return new BigInteger(digits, base);
  }
}
