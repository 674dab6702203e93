package org.sightmill.pipeline.answer.math;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The smallest parts of formulas: numbers, symbols, groups and brackets. */
final class Primaries {
  private static final Set<String> OPENERS = Set.of("(", "[", "{", "\\{", "<(", "[_", "[^");

  /** What stands behind the name of an inverse function. */
  private static final List<String> INVERSE = List.of("^", "{", "-", "1", "}", "(");

  private final Cursor cursor;
  private final Parser parser;
  private final Arithmetic arithmetic;
  private final Commands commands;
  private int openBars;

  Primaries(Cursor cursor, Parser parser, Arithmetic arithmetic) {
    this.cursor = cursor;
    this.parser = parser;
    this.arithmetic = arithmetic;
    this.commands = new Commands(cursor, parser, arithmetic, this);
  }

  /** Whether the next token can begin a factor. */
  boolean startsHere() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case NUMBER, SYMBOL -> true;
      case COMMAND -> !commands.isStop(token.text());
      case OP ->
          (OPENERS.contains(token.text()))
              || (openBars == 0 && (token.isOp("|") || token.isOp("||")) && barOpens());
      default -> false;
    };
  }

  /** Whether a bar behind a factor begins a new absolute value: something has to close it. */
  private boolean barOpens() {
    for (int i = 1; ; i++) {
      Token token = cursor.peek(i);
      if (token.kind() == Token.Kind.END) {
        return false;
      }
      if (token.isOp("|") || token.isOp("||")) {
        return true;
      }
    }
  }

  Expr primary() {
    cursor.enter();
    Token token = cursor.peek();
    Expr result =
        switch (token.kind()) {
          case NUMBER -> number();
          case SYMBOL -> symbol();
          case COMMAND -> commands.command();
          case WORD -> words();
          case OP -> bracket();
          default -> throw new SyntaxException("the formula ends too early");
        };
    cursor.leave();
    return result;
  }

  private Expr words() {
    StringBuilder words = new StringBuilder();
    while (cursor.peek().kind() == Token.Kind.WORD) {
      words.append(words.isEmpty() ? "" : " ").append(cursor.next().text());
    }
    return Expr.text(words.toString());
  }

  private Expr number() {
    Optional<Expr> numeral = Numerals.read(cursor);
    if (numeral.isPresent()) {
      return numeral.get();
    }
    String digits = cursor.next().text();
    boolean decimal = exponentAt(digits) < 0 && digits.contains(".");
    if (decimal && cursor.peek().isCommand("overline")) {
      return repeating(digits, overlined());
    }
    if (decimal && cursor.peek().isCommand("dot")) {
      return repeating(digits, dotted());
    }
    Rational value = value(digits);
    cursor.number(value);
    return Expr.number(value);
  }

  private static int exponentAt(String digits) {
    return Math.max(digits.indexOf('e'), digits.indexOf('E'));
  }

  private static Rational value(String digits) {
    int e = exponentAt(digits);
    if (e < 0) {
      return Rational.parse(digits);
    }
    int exponent = Integer.parseInt(digits.substring(e + 1).replace("+", ""));
    return Rational.parse(digits.substring(0, e)).times(Rational.of(10).pow(exponent));
  }

  /** The digits in \overline{6}. */
  private String overlined() {
    cursor.next();
    cursor.expect("{");
    String cycle = cursor.next().text();
    cursor.expect("}");
    return cycle;
  }

  /** The digits from the first dot to the last: \dot{3}, \dot{2}\dot{7}, \dot{1}4\dot{2}. */
  private String dotted() {
    String cycle = overlined();
    int mark = cursor.position();
    String between = cursor.peek().kind() == Token.Kind.NUMBER ? cursor.next().text() : "";
    if (cursor.peek().isCommand("dot")) {
      return cycle + between + overlined();
    }
    cursor.reset(mark);
    return cycle;
  }

  /** 0.1\overline{6} and 0.1\dot{6}. */
  private static Expr repeating(String digits, String cycle) {
    if (!cycle.matches("\\d{1,40}")) {
      throw new SyntaxException("a repeating decimal needs digits");
    }
    int places = digits.length() - digits.indexOf('.') - 1;
    BigInteger nines = BigInteger.TEN.pow(cycle.length()).subtract(BigInteger.ONE);
    Rational tail = Rational.of(new BigInteger(cycle), nines.multiply(BigInteger.TEN.pow(places)));
    return Expr.number(Rational.parse(digits.endsWith(".") ? digits + "0" : digits).plus(tail));
  }

  private Expr symbol() {
    Token token = cursor.next();
    String name = token.text();
    if (cursor.peek().isOp("_")) {
      cursor.next();
      name += "_" + subscript();
    }
    if (name.equals("e") || name.equals("i")) {
      return Expr.constant(name);
    }
    if (isInverseCall(name)) {
      cursor.reset(cursor.position() + INVERSE.size() - 1);
      return call(name + "^-1");
    }
    return isCall(name) ? call(name) : Expr.symbol(name);
  }

  private boolean isInverseCall(String name) {
    if (!name.equals("f") && !name.equals("g")) {
      return false;
    }
    for (int i = 0; i < INVERSE.size(); i++) {
      if (!cursor.peek(i).text().equals(INVERSE.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** f(...) is always a call; another letter only where a plain argument list meets a relation. */
  private boolean isCall(String name) {
    int bracket = 0;
    while (cursor.peek(bracket).isOp("'")) {
      bracket++;
    }
    if (!cursor.peek(bracket).isOp("(")) {
      return false;
    }
    if (name.equals("f") || name.equals("g")) {
      return true;
    }
    int i = bracket + 1;
    while (cursor.peek(i).kind() == Token.Kind.SYMBOL
        || cursor.peek(i).kind() == Token.Kind.NUMBER
        || cursor.peek(i).isOp(",")
        || cursor.peek(i).isOp("-")) {
      i++;
    }
    return i > bracket + 1 && cursor.peek(i).isOp(")") && cursor.peek(i + 1).isOp("=");
  }

  private Expr call(String symbol) {
    StringBuilder name = new StringBuilder(symbol);
    while (cursor.accept("'")) {
      name.append('\'');
    }
    cursor.expect("(");
    Expr argument = parser.statements();
    cursor.expect(")");
    return Expr.named(Op.CALL, name.toString(), argument);
  }

  /** The text of a subscript: part of the name. */
  String subscript() {
    if (!cursor.accept("{")) {
      return cursor.next().text();
    }
    StringBuilder name = new StringBuilder();
    for (int level = 1; level > 0; ) {
      Token token = cursor.next();
      level += token.isOp("{") ? 1 : token.isOp("}") ? -1 : 0;
      if (token.kind() == Token.Kind.END) {
        throw new SyntaxException("a subscript that is not closed");
      }
      // The area S_{\triangle ABC} is S_{ABC} too.
      name.append(level > 0 && !token.isCommand("triangle") ? token.text() : "");
    }
    return name.toString();
  }

  /** The text of a group that has to stand here. */
  String braced() {
    if (!cursor.peek().isOp("{")) {
      throw new SyntaxException("expected a group");
    }
    return subscript();
  }

  /** What stands behind ^ or _: a group, or one part with its sign. */
  Expr script() {
    cursor.enter();
    try {
      if (cursor.accept("-")) {
        return Arithmetic.negate(script());
      }
      if (cursor.accept("+")) {
        return script();
      }
      Expr base = primary();
      return cursor.accept("^") ? Expr.of(Op.POW, base, script()) : base;
    } finally {
      cursor.leave();
    }
  }

  /** A LaTeX argument: a group, or one digit, letter or command. */
  Expr argument() {
    if (cursor.peek().kind() == Token.Kind.NUMBER) {
      return Expr.number(value(cursor.takeDigit()));
    }
    return primary();
  }

  private Expr bracket() {
    Optional<Expr> numeral = Numerals.read(cursor);
    if (numeral.isPresent()) {
      return numeral.get();
    }
    Token token = cursor.next();
    return switch (token.text()) {
      case "(", "[" -> sequence(token.text());
      case "{" -> group();
      case "\\{" -> set();
      case "<(" -> closed(")>", Op.TUPLE, "()");
      case "[_" -> function("floor", "_]");
      case "[^" -> function("ceil", "^]");
      case "|" -> bars("|");
      case "||" -> bars("||");
      default -> throw new SyntaxException("unexpected '%s'".formatted(token.text()));
    };
  }

  private Expr bars(String bar) {
    openBars++;
    Expr inner = arithmetic.sum();
    openBars--;
    cursor.expect(bar);
    return Expr.of(Op.ABS, inner);
  }

  private Expr function(String name, String end) {
    Expr inner = arithmetic.sum();
    cursor.expect(end);
    return Expr.named(Op.FUNCTION, name, inner);
  }

  private Expr group() {
    if (cursor.accept("}")) {
      return cursor.atEnd() ? Expr.of(Op.SET) : primary();
    }
    Expr inner = unbarred(parser::statements);
    if (cursor.peek().isCommand("over") || cursor.peek().isCommand("choose")) {
      boolean fraction = cursor.next().isCommand("over");
      Expr below = unbarred(parser::statements);
      inner =
          fraction ? Expr.of(Op.DIV, inner, below) : Expr.named(Op.FUNCTION, "binom", inner, below);
    }
    cursor.expect("}");
    return inner;
  }

  private Expr sequence(String open) {
    if (cursor.accept(")") || cursor.accept("]")) {
      throw new SyntaxException("empty brackets");
    }
    Expr inner = unbarred(parser::statements);
    String close = cursor.next().text();
    if (!close.equals(")") && !close.equals("]")) {
      throw new SyntaxException("expected a closing bracket but found '%s'".formatted(close));
    }
    return inner.is(Op.LIST)
        ? Expr.named(Op.TUPLE, open + close, inner.args())
        : single(inner, open + close);
  }

  private static Expr single(Expr inner, String brackets) {
    return brackets.equals("()") || brackets.equals("[]") ? inner : fail(brackets);
  }

  private static Expr fail(String brackets) {
    throw new SyntaxException("one value in the brackets %s".formatted(brackets));
  }

  private Expr closed(String close, Op op, String name) {
    Expr inner = parser.statements();
    cursor.expect(close);
    return Expr.named(op, name, inner.is(Op.LIST) ? inner.args() : List.of(inner));
  }

  private Expr set() {
    if (cursor.accept("\\}")) {
      return Expr.of(Op.SET);
    }
    int mark = openBars;
    openBars = 1;
    Expr inner = parser.statements();
    openBars = mark;
    if (cursor.accept("|") || cursor.accept(":")) {
      inner = parser.statements();
      cursor.expect("\\}");
      return inner;
    }
    cursor.expect("\\}");
    boolean several = inner.is(Op.LIST) || inner.is(Op.ANY);
    return Expr.of(Op.SET, several ? inner.args() : new ArrayList<>(List.of(inner)));
  }

  /** Inside brackets a bar may open again. */
  private Expr unbarred(java.util.function.Supplier<Expr> inner) {
    int mark = openBars;
    openBars = 0;
    Expr result = inner.get();
    openBars = mark;
    return result;
  }
}
