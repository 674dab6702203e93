package org.sightmill.pipeline.answer.math;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of formulas at one point, with error bounds. One object per evaluation. */
final class Approximate {
  private static final Ball PI = Ball.real(Elementary.PI, -BigFloat.BITS + 4);
  private static final Ball E = Ball.real(Elementary.exp(BigFloat.ONE), -BigFloat.BITS + 6);
  private static final int MAX_TERMS = 2_000;

  /** Steps for a term beside those of its body: its own point, the index, and one operation. */
  private static final int TERM = 4;

  private final Budget budget;
  private final Map<String, Ball> point;
  private final BallFunctions functions = new BallFunctions();

  Approximate(Map<String, Ball> point, Budget budget) {
    this.point = point;
    this.budget = budget;
  }

  /**
   * Whether a root or logarithm of a negative value was taken: the value is one of several complex
   * branches, and the point may lie outside what the writer had in mind.
   */
  boolean leftReals() {
    return functions.leftReals();
  }

  Ball value(Expr expr) {
    budget.spend(1);
    return switch (expr.op()) {
      case NUMBER -> Ball.of(expr.value());
      case SYMBOL, CALL -> symbol(expr);
      case CONSTANT -> constant(expr.name());
      case ADD -> sum(expr.args());
      case MUL -> product(expr.args());
      case DIV -> value(expr.arg(0)).dividedBy(value(expr.arg(1)));
      case NEG -> value(expr.arg(0)).negate();
      case POW -> power(expr);
      case ROOT -> root(expr);
      case ABS -> value(expr.arg(0)).abs();
      case PERCENT -> value(expr.arg(0)).times(Ball.of(Rational.ONE.dividedBy(Rational.of(100))));
      case DEGREE -> value(expr.arg(0));
      case FUNCTION -> function(expr);
      case SERIES -> series(expr);
      case FACTORIAL -> factorial(value(expr.arg(0)));
      default -> throw new UndefinedValueException("no value for " + expr.op());
    };
  }

  private Ball symbol(Expr expr) {
    Ball value = point.get(Canon.key(expr));
    if (value == null) {
      throw new UndefinedValueException("no value for " + expr.name());
    }
    return value;
  }

  private static Ball constant(String name) {
    return switch (name) {
      case "pi" -> PI;
      case "e" -> E;
      default -> Ball.I;
    };
  }

  private Ball sum(List<Expr> args) {
    Ball sum = value(args.get(0));
    for (Expr arg : args.subList(1, args.size())) {
      sum = sum.plus(value(arg));
    }
    return sum;
  }

  private Ball product(List<Expr> args) {
    budget.spend(args.size());
    Ball product = value(args.get(0));
    for (Expr arg : args.subList(1, args.size())) {
      product = product.times(value(arg));
    }
    return product;
  }

  private Ball power(Expr expr) {
    Expr base = expr.arg(0);
    Expr exponent = expr.arg(1);
    budget.spend(15);
    if (base.isNamed(Op.CONSTANT, "e")) {
      return functions.exp(value(exponent));
    }
    Optional<Rational> exact = Exact.value(exponent, budget);
    Ball baseValue = value(base);
    if (exact.isEmpty()) {
      return functions.power(baseValue, value(exponent));
    }
    return functions.power(baseValue, exact.get());
  }

  private Ball root(Expr expr) {
    budget.spend(10);
    Optional<Rational> degree = Exact.value(expr.arg(1), budget);
    Ball radicand = value(expr.arg(0));
    if (degree.isEmpty()) {
      return functions.power(radicand, value(expr.arg(1)).inverse());
    }
    return functions.power(radicand, Rational.ONE.dividedBy(degree.get()));
  }

  private Ball function(Expr expr) {
    budget.spend(15);
    if (expr.isNamed(Op.FUNCTION, "det")) {
      return value(Matrices.determinant(expr.arg(0)));
    }
    List<Ball> args = expr.args().stream().map(this::value).toList();
    return functions.apply(expr.name(), args);
  }

  private Ball factorial(Ball argument) {
    return BallFunctions.factorial(argument, budget);
  }

  private Ball series(Expr expr) {
    String[] kind = expr.name().split(" ", 2);
    int from = bound(expr.arg(1));
    int to = bound(expr.arg(2));
    if (to - from >= MAX_TERMS) {
      throw new BudgetExceededException("a series of over %d terms".formatted(MAX_TERMS));
    }
    boolean sum = kind[0].equals("sum");
    Ball result = sum ? Ball.ZERO : Ball.ONE;
    for (int i = from; i <= to; i++) {
      Ball term = term(expr.arg(0), kind[1], i);
      result = sum ? result.plus(term) : result.times(term);
    }
    return result;
  }

  private Ball term(Expr body, String variable, int index) {
    budget.spend(TERM);
    Map<String, Ball> inner = new HashMap<>(point);
    inner.put(variable, Ball.of(Rational.of(index)));
    return new Approximate(inner, budget).value(body);
  }

  private int bound(Expr expr) {
    Ball value = value(expr);
    int whole = (int) Math.max(-1_000_000, Math.min(1_000_000, Math.rint(value.re().toDouble())));
    if (!value.isReal() || value.differsFrom(Ball.of(Rational.of(whole)))) {
      throw new UndefinedValueException("a series without whole bounds");
    }
    return whole;
  }
}
