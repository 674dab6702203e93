package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** LaTeX commands and named functions. */
final class Commands {
  private static final Set<String> TRIGONOMETRIC = Set.of("sin", "cos", "tan", "cot", "sec", "csc");

  /** Functions of any number of values, which are often given as a set. */
  private static final Set<String> OF_SETS = Set.of("max", "min", "gcd", "lcm");

  private static final Set<String> OPAQUE = Set.of("int", "iint", "iiint", "oint", "lim");
  private static final Set<String> STOPS =
      Set.of("end", "over", "choose", "middle", "implies", "to", "mod", "pmod");

  private final Cursor cursor;
  private final Parser parser;
  private final Arithmetic arithmetic;
  private final Primaries primaries;

  Commands(Cursor cursor, Parser parser, Arithmetic arithmetic, Primaries primaries) {
    this.cursor = cursor;
    this.parser = parser;
    this.arithmetic = arithmetic;
    this.primaries = primaries;
  }

  static boolean isTrigonometric(String name) {
    return TRIGONOMETRIC.contains(name);
  }

  /** Whether this command cannot begin a factor. */
  boolean isStop(String name) {
    return STOPS.contains(name);
  }

  Expr command() {
    String name = cursor.next().text();
    if (Names.FUNCTIONS.contains(name)) {
      return function(name);
    }
    if (Names.DECORATIONS.contains(name)) {
      return primaries.argument();
    }
    if (OPAQUE.contains(name)) {
      return opaque(name);
    }
    return switch (name) {
      case "pi" -> subscripted("pi");
      case "infty" -> Expr.of(Op.INFINITY);
      case "frac" -> frac();
      case "sqrt" -> sqrt();
      case "binom", "dbinom", "tbinom" ->
          Expr.named(Op.FUNCTION, "binom", primaries.argument(), primaries.argument());
      case "begin" -> environment();
      case "emptyset", "varnothing" -> Expr.of(Op.SET);
      case "sum", "prod" -> series(name);
      case "mathbb" -> Expr.symbol("set " + primaries.subscript());
      case "angle", "triangle", "square", "odot" -> labelled(name);
      case "exponentialE" -> Expr.constant("e");
      case "vec", "overrightarrow" -> directed();
      case "hat", "bar", "tilde", "dot", "ddot" -> accented(name, primaries.argument());
      default -> throw new SyntaxException("unknown command \\" + name);
    };
  }

  private Expr subscripted(String name) {
    return cursor.accept("_")
        ? Expr.symbol(name + "_" + primaries.subscript())
        : Expr.constant(name);
  }

  /** An angle, triangle or circle by the letters of its points. */
  private Expr labelled(String kind) {
    StringBuilder name = new StringBuilder(kind).append(' ');
    while (cursor.peek().kind() == Token.Kind.SYMBOL || cursor.peek().kind() == Token.Kind.NUMBER) {
      name.append(cursor.next().text());
    }
    return Expr.symbol(name.toString());
  }

  /** A vector by its two points has a direction; over anything else the arrow is decoration. */
  private Expr directed() {
    int mark = cursor.position();
    String points = cursor.peek().isOp("{") ? primaries.braced() : "";
    if (points.matches("[A-Z](?:_?\\d|')?[A-Z](?:_?\\d|')?")) {
      return Expr.symbol("vec " + points);
    }
    cursor.reset(mark);
    return primaries.argument();
  }

  /** A hat over i, j or k marks the unit vector that the letter alone means too. */
  private static Expr accented(String accent, Expr letter) {
    boolean unit =
        letter.isNamed(Op.CONSTANT, "i")
            || letter.isNamed(Op.SYMBOL, "j")
            || letter.isNamed(Op.SYMBOL, "k");
    return accent.equals("hat") && unit ? letter : Expr.symbol(accent + " " + Canon.key(letter));
  }

  private Expr frac() {
    if (cursor.peek().isOp("(")) {
      throw new SyntaxException("\\frac without groups");
    }
    return Expr.of(Op.DIV, primaries.argument(), primaries.argument());
  }

  private Expr sqrt() {
    if (cursor.accept("[")) {
      Expr degree = arithmetic.sum();
      cursor.expect("]");
      return Expr.of(Op.ROOT, primaries.primary(), degree);
    }
    return Expr.of(Op.ROOT, primaries.primary(), Expr.number(Rational.of(2)));
  }

  private Expr function(String name) {
    Expr base = null;
    Expr exponent = null;
    while (cursor.peek().isOp("_") || cursor.peek().isOp("^")) {
      if (cursor.next().isOp("_")) {
        base = primaries.script();
      } else {
        exponent = primaries.script();
      }
    }
    boolean inverse = isMinusOne(exponent) && TRIGONOMETRIC.contains(name);
    Expr call = apply(inverse ? "arc" + name : name, base);
    return exponent == null || inverse ? call : Expr.of(Op.POW, call, exponent);
  }

  private static boolean isMinusOne(Expr exponent) {
    return exponent != null && exponent.is(Op.NUMBER) && exponent.value().equals(Rational.of(-1));
  }

  private Expr apply(String name, Expr base) {
    List<Expr> arguments = new ArrayList<>(arguments(OF_SETS.contains(name)));
    if (TRIGONOMETRIC.contains(name)) {
      arguments.replaceAll(Commands::radians);
    }
    return switch (name) {
      case "log" -> logarithm(arguments.get(0), base == null ? Expr.number(Rational.of(10)) : base);
      case "lg" -> logarithm(arguments.get(0), Expr.number(Rational.of(10)));
      case "cbrt" -> Expr.of(Op.ROOT, arguments.get(0), Expr.number(Rational.of(3)));
      case "abs" -> Expr.of(Op.ABS, arguments.get(0));
      default -> Expr.named(Op.FUNCTION, name, arguments);
    };
  }

  private static Expr logarithm(Expr argument, Expr base) {
    return Expr.named(Op.FUNCTION, "log", argument, base);
  }

  /** Inside a trigonometric function a degree is an angle; elsewhere it is a unit. */
  private static Expr radians(Expr expr) {
    if (expr.is(Op.DEGREE)) {
      Expr half = Expr.of(Op.DIV, Expr.constant("pi"), Expr.number(Rational.of(180)));
      return Expr.of(Op.MUL, radians(expr.arg(0)), half);
    }
    return expr.with(expr.args().stream().map(Commands::radians).toList());
  }

  private List<Expr> arguments(boolean ofSet) {
    if (ofSet && cursor.peek().isOp("\\{")) {
      Expr set = primaries.primary();
      return set.args().isEmpty() ? List.of(set) : set.args();
    }
    if (cursor.peek().isOp("(") || cursor.peek().isOp("{") || cursor.peek().isOp("[")) {
      Expr inner = primaries.primary();
      return inner.is(Op.TUPLE) || inner.is(Op.LIST) ? inner.args() : List.of(inner);
    }
    return List.of(openArgument());
  }

  /** sin 2x, sin 2(x + 1): factors up to a sign, an operator or another function. */
  private Expr openArgument() {
    cursor.enter();
    Expr argument = cursor.accept("-") ? Arithmetic.negate(arithmetic.power()) : arithmetic.power();
    while (primaries.startsHere()
        && !isFunction(cursor.peek())
        && (!cursor.peek().isOp("(") || argument.is(Op.NUMBER))) {
      argument = Arithmetic.times(argument, arithmetic.power());
    }
    cursor.leave();
    return argument;
  }

  private static boolean isFunction(Token token) {
    return token.kind() == Token.Kind.COMMAND && Names.FUNCTIONS.contains(token.text());
  }

  /** An integral or a limit: kept as written, up to the end of the product or relation. */
  private Expr opaque(String name) {
    StringBuilder text = new StringBuilder(name);
    int depth = 0;
    while (!cursor.atEnd() && !(depth == 0 && endsOpaque(cursor.peek()))) {
      Token token = cursor.next();
      if (token.isOp("{") && cursor.peek(1).isOp("}")) {
        // Braces around one sign group nothing: _{0} is _0.
        token = cursor.next();
        cursor.next();
      }
      depth += isOpen(token) ? 1 : isClose(token) ? -1 : 0;
      text.append(' ').append(token.text());
    }
    return Expr.named(Op.CALL, text.toString());
  }

  private static boolean endsOpaque(Token token) {
    return token.isOp("=") || token.isOp(",") || token.isOp("~=") || isClose(token);
  }

  private static boolean isOpen(Token token) {
    return token.isOp("{") || token.isOp("(") || token.isOp("[") || token.isOp("\\{");
  }

  private static boolean isClose(Token token) {
    return token.isOp("}") || token.isOp(")") || token.isOp("]") || token.isOp("\\}");
  }

  private Expr series(String name) {
    Expr from = null;
    Expr to = null;
    String variable = "";
    while (cursor.peek().isOp("_") || cursor.peek().isOp("^")) {
      if (cursor.next().isOp("^")) {
        to = primaries.script();
      } else {
        cursor.expect("{");
        variable = cursor.next().text();
        cursor.expect("=");
        from = arithmetic.sum();
        cursor.expect("}");
      }
    }
    if (from == null || to == null) {
      throw new SyntaxException("a \\%s without bounds".formatted(name));
    }
    return Series.of(name, variable, openSeries(), from, to);
  }

  private Expr openSeries() {
    Expr body = arithmetic.power();
    while (primaries.startsHere() || cursor.peek().isOp("*") || cursor.peek().isOp("/")) {
      boolean divide = cursor.accept("/");
      if (!divide) {
        cursor.accept("*");
      }
      Expr factor = arithmetic.power();
      body = divide ? Expr.of(Op.DIV, body, factor) : Arithmetic.times(body, factor);
    }
    return body;
  }

  private Expr environment() {
    String kind = primaries.braced();
    if (kind.equals("array")) {
      primaries.braced();
    }
    Expr result = kind.contains("matrix") || kind.equals("array") ? matrix(kind) : lines(kind);
    return kind.equals("vmatrix") ? Expr.named(Op.FUNCTION, "det", result) : result;
  }

  private Expr matrix(String kind) {
    List<Expr> rows = new ArrayList<>();
    while (!endOf(kind)) {
      List<Expr> cells = new ArrayList<>(List.of(parser.statement()));
      while (cursor.accept("&")) {
        cells.add(parser.statement());
      }
      rows.add(Expr.of(Op.LIST, cells));
      if (!cursor.peek().isCommand("end")) {
        cursor.expect("\\\\");
      }
    }
    if (rows.isEmpty()
        || rows.stream().anyMatch(r -> r.args().size() != rows.get(0).args().size())) {
      throw new SyntaxException("a matrix with uneven rows");
    }
    return Expr.of(Op.MATRIX, rows);
  }

  /** cases, aligned and their like: one statement a line. */
  private Expr lines(String kind) {
    List<Expr> lines = new ArrayList<>();
    while (!endOf(kind)) {
      cursor.accept("&");
      Expr line = parser.statements();
      if (cursor.accept("&") || !(cursor.peek().isOp("\\\\") || cursor.peek().isCommand("end"))) {
        line = Expr.named(Op.CALL, "piece", line, parser.statements());
      }
      lines.add(line);
      cursor.accept("\\\\");
    }
    if (lines.isEmpty()) {
      throw new SyntaxException("an empty \\begin{%s}".formatted(kind));
    }
    return lines.size() == 1 ? lines.get(0) : Expr.of(Op.ANY, lines);
  }

  private boolean endOf(String kind) {
    if (!cursor.peek().isCommand("end")) {
      return false;
    }
    cursor.next();
    if (!primaries.braced().equals(kind)) {
      throw new SyntaxException("\\begin{%s} is closed by another name".formatted(kind));
    }
    return true;
  }
}
