package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;

/** Sums, products, powers and units. Implicit products bind like written ones, left to right. */
final class Arithmetic {
  private final Cursor cursor;
  private final Primaries primaries;

  Arithmetic(Cursor cursor, Parser parser) {
    this.cursor = cursor;
    this.primaries = new Primaries(cursor, parser, this);
  }

  Expr sum() {
    cursor.enter();
    List<Expr> terms = new ArrayList<>();
    terms.add(product());
    while (isSumSign()) {
      String sign = cursor.next().text();
      if (sign.equals("+") || sign.equals("-")) {
        Expr term = product();
        terms.add(sign.equals("-") ? negate(term) : term);
      } else {
        Expr left = join(terms);
        cursor.chain();
        terms.clear();
        terms.add(Expr.named(Op.PLUS_MINUS, sign, left, product()));
      }
    }
    cursor.leave();
    return measured(terms);
  }

  /** The unit behind the last term is that of the whole sum: 25 pi - 50 cm^2. */
  private static Expr measured(List<Expr> terms) {
    Expr last = terms.get(terms.size() - 1);
    Expr quantity = last.is(Op.NEG) ? last.arg(0) : last;
    List<Expr> others = terms.subList(0, terms.size() - 1);
    boolean one = others.stream().noneMatch(term -> term.contains(Op.QUANTITY) || term.is(Op.TEXT));
    if (!quantity.is(Op.QUANTITY) || others.isEmpty() || !one) {
      return join(terms);
    }
    List<Expr> bare = new ArrayList<>(others);
    bare.add(last.is(Op.NEG) ? negate(quantity.arg(0)) : quantity.arg(0));
    return Expr.named(Op.QUANTITY, quantity.name(), join(bare));
  }

  private static Expr join(List<Expr> terms) {
    return terms.size() == 1 ? terms.get(0) : Expr.of(Op.ADD, List.copyOf(terms));
  }

  private boolean isSumSign() {
    Token token = cursor.peek();
    return token.isOp("+") || token.isOp("-") || token.isOp("+-") || token.isOp("-+");
  }

  static Expr negate(Expr expr) {
    return expr.is(Op.NUMBER) ? Expr.number(expr.value().negate()) : Expr.of(Op.NEG, expr);
  }

  private Expr product() {
    cursor.enter();
    Expr left = signed();
    while (true) {
      if (cursor.accept("*")) {
        left = times(left, signed());
      } else if (cursor.accept("/")) {
        cursor.chain();
        left = Expr.of(Op.DIV, left, signed());
      } else if (cursor.peek().isOp(":") && isNumeric(left)) {
        cursor.next();
        cursor.chain();
        left = Expr.named(Op.DIV, ":", left, signed());
      } else if (cursor.peek().kind() == Token.Kind.WORD) {
        cursor.chain();
        left = quantity(left);
      } else if (primaries.startsHere()) {
        left = implicit(left);
      } else {
        break;
      }
    }
    cursor.leave();
    return left;
  }

  private static boolean isNumeric(Expr expr) {
    return expr.isScalar() && Shapes.isConstant(expr);
  }

  /** A number behind a number is a mixed number or nothing; anything else is a product. */
  private Expr implicit(Expr left) {
    Token token = cursor.peek();
    if (left.is(Op.TEXT) || left.is(Op.QUANTITY)) {
      throw new SyntaxException("words before '%s'".formatted(token.text()));
    }
    Expr right = power();
    if (isMixed(left, right)) {
      return mixed(left, right);
    }
    if (token.kind() == Token.Kind.NUMBER) {
      return numberBehind(left, right);
    }
    return isUnitRatio(right)
        ? Expr.named(Op.QUANTITY, right.arg(0).name() + "/" + right.arg(1).name(), left)
        : times(left, right);
  }

  /** km over h as a fraction: a word over a word or a letter. */
  private static boolean isUnitRatio(Expr expr) {
    return expr.is(Op.DIV)
        && expr.arg(0).is(Op.TEXT)
        && (expr.arg(1).is(Op.TEXT) || expr.arg(1).is(Op.SYMBOL));
  }

  private Expr numberBehind(Expr left, Expr right) {
    if (left.is(Op.NUMBER) && right.is(Op.NUMBER) && cursor.peek().isOp("/")) {
      cursor.next();
      Expr fraction = Expr.of(Op.DIV, right, power());
      if (isMixed(left, fraction)) {
        return mixed(left, fraction);
      }
    }
    Expr before = left.is(Op.MUL) ? left.last() : left;
    if (before.is(Op.NUMBER) || before.is(Op.SYMBOL)) {
      throw new SyntaxException("a number right behind '%s'".formatted(Canon.key(before)));
    }
    return times(left, right);
  }

  private static boolean isMixed(Expr whole, Expr part) {
    return whole.is(Op.NUMBER)
        && whole.value().isInteger()
        && part.is(Op.DIV)
        && part.args().stream().allMatch(a -> a.is(Op.NUMBER) && a.value().isInteger())
        && part.arg(0).value().signum() > 0
        && part.arg(0).value().compareTo(part.arg(1).value()) < 0;
  }

  private static Expr mixed(Expr whole, Expr part) {
    return Expr.of(Op.ADD, whole, whole.value().signum() < 0 ? Expr.of(Op.NEG, part) : part);
  }

  static Expr times(Expr left, Expr right) {
    List<Expr> factors = new ArrayList<>(left.is(Op.MUL) ? left.args() : List.of(left));
    factors.add(right);
    return Expr.of(Op.MUL, factors);
  }

  /** Words behind a value are its unit or the things counted. */
  private Expr quantity(Expr value) {
    StringBuilder unit = new StringBuilder();
    while (cursor.peek().kind() == Token.Kind.WORD || isUnitOperator(unit)) {
      Token token = cursor.next();
      if (token.kind() == Token.Kind.OP && !token.isOp("*")) {
        unit.append(token.text());
      } else {
        unit.append(unit.isEmpty() || endsWithOperator(unit) ? "" : " ").append(token.text());
      }
      if (cursor.accept("^")) {
        unit.append('^').append(unitPower());
      }
    }
    if (value.is(Op.TEXT)) {
      return Expr.text(value.name() + " " + unit);
    }
    return Expr.named(Op.QUANTITY, unit.toString(), value);
  }

  private static boolean endsWithOperator(StringBuilder unit) {
    char last = unit.charAt(unit.length() - 1);
    return last == '/' || last == '*';
  }

  /** An operator, or a single letter behind one, inside a unit such as m/s. */
  private boolean isUnitOperator(StringBuilder unit) {
    if (unit.isEmpty()) {
      return false;
    }
    if (cursor.peek().isOp("/") || cursor.peek().isOp("*")) {
      return cursor.peek(1).kind() == Token.Kind.WORD || cursor.peek(1).kind() == Token.Kind.SYMBOL;
    }
    return cursor.peek().kind() == Token.Kind.SYMBOL && endsWithOperator(unit);
  }

  private String unitPower() {
    boolean group = cursor.accept("{");
    String sign = cursor.accept("-") ? "-" : "";
    String digits = cursor.next().text();
    if (group) {
      cursor.expect("}");
    }
    return sign + digits;
  }

  /** A factor with signs before it; plus-minus too. */
  private Expr signed() {
    cursor.enter();
    try {
      if (cursor.accept("+")) {
        return signed();
      }
      if (cursor.accept("-")) {
        return negate(signed());
      }
      if (cursor.peek().isOp("+-") || cursor.peek().isOp("-+")) {
        return Expr.named(Op.PLUS_MINUS, cursor.next().text(), Expr.ZERO, signed());
      }
      return power();
    } finally {
      cursor.leave();
    }
  }

  /** A primary with everything that stands behind it: powers, factorials, percent, degrees. */
  Expr power() {
    cursor.enter();
    Expr base = primaries.primary();
    while (true) {
      if (cursor.accept("^")) {
        cursor.chain();
        base = raised(base);
      } else if (cursor.peek().isOp("!") && !cursor.peek(1).isOp("=")) {
        cursor.next();
        cursor.chain();
        base = Expr.of(Op.FACTORIAL, base);
      } else if (cursor.accept("%")) {
        cursor.chain();
        base = Expr.of(Op.PERCENT, base);
      } else if (cursor.peek().isOp("'") && base.is(Op.SYMBOL)) {
        cursor.next();
        base = Expr.symbol(base.name() + "'");
      } else {
        break;
      }
    }
    cursor.leave();
    return base;
  }

  private Expr raised(Expr base) {
    if (acceptDegree()) {
      return Expr.of(Op.DEGREE, base);
    }
    Expr exponent = primaries.script();
    if (exponent.isNamed(Op.SYMBOL, "T") && base.is(Op.MATRIX)) {
      return Expr.named(Op.CALL, "transpose", base);
    }
    return Expr.of(Op.POW, base, exponent);
  }

  private boolean acceptDegree() {
    if (cursor.accept("circ")) {
      return true;
    }
    if (cursor.peek().isOp("{") && cursor.peek(1).isOp("circ") && cursor.peek(2).isOp("}")) {
      cursor.next();
      cursor.next();
      cursor.next();
      return true;
    }
    return false;
  }
}
