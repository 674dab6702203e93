package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Brings parsed answers to the shapes that are compared. */
final class Shapes {
  private static final int MAX_PLUS_MINUS = 3;

  /** Single letters that are units when they stand behind a number. */
  private static final Set<String> UNIT_LETTERS =
      Set.of("m", "g", "s", "h", "L", "l", "N", "J", "W", "V", "A", "K", "C", "F", "t");

  private Shapes() {}

  /** Expands plus-minus into its two values and works out matrices. */
  static Expr normal(Expr expr) {
    Expr result = expr;
    for (int i = 0; i < MAX_PLUS_MINUS && result.contains(Op.PLUS_MINUS); i++) {
      result = expandFirst(result);
    }
    return Matrices.reduce(gather(points(result)));
  }

  /** A list whose parts became sets of two is a list of all of them. */
  private static Expr expandFirst(Expr expr) {
    boolean collects = expr.is(Op.LIST) || expr.is(Op.ANY) || expr.is(Op.SET);
    if (!collects) {
      return Expr.named(Op.ANY, "or", choose(expr, "+-"), choose(expr, "-+"));
    }
    List<Expr> parts = new ArrayList<>();
    for (Expr part : expr.args()) {
      if (part.contains(Op.PLUS_MINUS)) {
        parts.addAll(List.of(choose(part, "+-"), choose(part, "-+")));
      } else {
        parts.add(part);
      }
    }
    return expr.is(Op.SET) ? expr.with(parts) : Expr.named(Op.ANY, "or", parts);
  }

  private static Expr choose(Expr expr, String plus) {
    List<Expr> args = expr.args().stream().map(arg -> choose(arg, plus)).toList();
    if (!expr.is(Op.PLUS_MINUS)) {
      return expr.with(args);
    }
    Expr right = expr.name().equals(plus) ? args.get(1) : Arithmetic.negate(args.get(1));
    return args.get(0).equals(Expr.ZERO) ? right : Expr.of(Op.ADD, args.get(0), right);
  }

  /** P(2, -3) says that P is the point (2, -3). */
  private static Expr points(Expr expr) {
    if (expr.is(Op.LIST) || expr.is(Op.ANY) || expr.is(Op.SET)) {
      return expr.with(expr.args().stream().map(Shapes::points).toList());
    }
    boolean named =
        expr.is(Op.MUL)
            && expr.args().size() == 2
            && expr.arg(0).is(Op.SYMBOL)
            && Character.isUpperCase(expr.arg(0).name().charAt(0))
            && expr.arg(1).isNamed(Op.TUPLE, "()");
    return named ? Expr.named(Op.RELATION, "=", expr.args()) : expr;
  }

  /** The terms of a : b : c, first to last; one for anything else. */
  static List<Expr> ratio(Expr expr) {
    if (!expr.isNamed(Op.DIV, ":")) {
      return List.of(expr);
    }
    List<Expr> terms = new ArrayList<>(ratio(expr.arg(0)));
    terms.add(expr.arg(1));
    return terms;
  }

  /** Collections inside collections of the same kind become one. */
  private static Expr gather(Expr expr) {
    if (!expr.is(Op.ANY) && !expr.is(Op.LIST)) {
      return expr;
    }
    List<Expr> parts = new ArrayList<>();
    for (Expr part : expr.args()) {
      Expr inner = gather(part);
      boolean same = inner.is(Op.ANY) || inner.is(Op.LIST);
      parts.addAll(same ? inner.args() : List.of(inner));
    }
    return expr.with(parts);
  }

  /** Whether this holds no symbol and no unknown call. */
  static boolean isConstant(Expr expr) {
    TreeSet<String> symbols = new TreeSet<>();
    Probe.collect(expr, List.of(), symbols);
    return symbols.isEmpty();
  }

  /** The value and unit, when this is a number with a unit; single letters are taken as units. */
  static Optional<Expr> quantity(Expr expr) {
    if (expr.is(Op.QUANTITY)) {
      return Optional.of(expr);
    }
    if (expr.is(Op.DIV) && letterUnit(expr.arg(1)) != null) {
      return quantity(expr.arg(0))
          .map(q -> Expr.named(Op.QUANTITY, q.name() + "/" + letterUnit(expr.arg(1)), q.args()));
    }
    if (!expr.is(Op.MUL) || letterUnit(expr.last()) == null) {
      return Optional.empty();
    }
    List<Expr> rest = expr.args().subList(0, expr.args().size() - 1);
    Expr value = rest.size() == 1 ? rest.get(0) : Expr.of(Op.MUL, rest);
    return isConstant(value)
        ? Optional.of(Expr.named(Op.QUANTITY, letterUnit(expr.last()), value))
        : Optional.empty();
  }

  private static String letterUnit(Expr expr) {
    if (expr.is(Op.DIV)) {
      String above = letterUnit(expr.arg(0));
      String below = letterUnit(expr.arg(1));
      return above == null || below == null ? null : above + "/" + below;
    }
    if (expr.is(Op.SYMBOL) && UNIT_LETTERS.contains(expr.name())) {
      return expr.name();
    }
    boolean power = expr.is(Op.POW) && expr.arg(0).is(Op.SYMBOL) && expr.arg(1).is(Op.NUMBER);
    return power && UNIT_LETTERS.contains(expr.arg(0).name())
        ? expr.arg(0).name() + "^" + expr.arg(1).value()
        : null;
  }
}
