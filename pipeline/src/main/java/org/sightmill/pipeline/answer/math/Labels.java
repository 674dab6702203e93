package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Equations that only name a value: {@code x = 5}, {@code f(x) = 2x}, {@code AB = 3}. */
final class Labels {
  private Labels() {}

  /** Whether a side names what the other side says: a symbol, a call, a ratio of lengths. */
  static boolean isName(Expr side) {
    return switch (side.op()) {
      case SYMBOL, CALL, TEXT -> true;
      case ABS, DEGREE -> isName(side.arg(0));
      case QUANTITY -> isName(side.arg(0));
        // tan A = 3/4 says what tan A is, as ln x = 2 would not be said.
      case FUNCTION ->
          Commands.isTrigonometric(side.name())
              && side.args().stream().allMatch(arg -> arg.is(Op.SYMBOL));
      case TUPLE, LIST -> side.args().stream().allMatch(Labels::isName);
      case DIV -> isDerivative(side) || side.args().stream().allMatch(Labels::isCapital);
      case MUL -> side.args().stream().allMatch(Labels::isCapital);
      case CONSTANT -> side.name().equals("e") || side.name().equals("i");
      default -> false;
    };
  }

  private static boolean isDerivative(Expr ratio) {
    return ratio.args().stream()
        .allMatch(part -> part.is(Op.MUL) && part.arg(0).isNamed(Op.SYMBOL, "d"));
  }

  private static boolean isCapital(Expr factor) {
    if (factor.is(Op.MUL)) {
      return factor.args().stream().allMatch(Labels::isCapital);
    }
    return factor.is(Op.SYMBOL) && Character.isUpperCase(factor.name().charAt(0));
  }

  /** Whether a side may be the quantity a question asks for: symbols without numbers. */
  static boolean isAsked(Expr side) {
    return isName(side)
        || (!side.contains(Op.NUMBER) && side.isScalar() && !Shapes.isConstant(side))
        || (side.is(Op.FUNCTION) && !Shapes.isConstant(side));
  }

  /** The sides of a chain of equations, first to last; empty when there is another relation. */
  static Optional<List<Expr>> sides(Expr expr) {
    List<Expr> relations = expr.is(Op.ALL) ? expr.args() : List.of(expr);
    if (!relations.stream().allMatch(r -> r.isNamed(Op.RELATION, "="))) {
      return Optional.empty();
    }
    List<Expr> sides = new ArrayList<>(List.of(relations.get(0).arg(0)));
    relations.forEach(relation -> sides.add(relation.arg(1)));
    return Optional.of(sides);
  }

  /** The value of an equation that only names one, in either order. */
  static Optional<Expr> named(Expr expr) {
    Optional<List<Expr>> sides = sides(expr);
    if (sides.isEmpty()) {
      return Optional.empty();
    }
    Expr first = sides.get().get(0);
    Expr last = sides.get().get(sides.get().size() - 1);
    if (isName(first) && !mentions(last, first) && isConsistent(sides.get())) {
      return Optional.of(last);
    }
    boolean reversed = sides.get().size() == 2 && last.is(Op.SYMBOL) && Shapes.isConstant(first);
    return reversed ? Optional.of(first) : Optional.empty();
  }

  /** A chain may work its value out, but not name two different ones: x = 4 = 5 says nothing. */
  static boolean isConsistent(List<Expr> sides) {
    TreeSet<String> numbers = new TreeSet<>();
    for (Expr side : sides.subList(1, sides.size())) {
      if (side.is(Op.NUMBER)) {
        numbers.add(side.value().key());
      }
    }
    return numbers.size() <= 1;
  }

  static boolean mentions(Expr expr, Expr name) {
    String key = Canon.key(name);
    TreeSet<String> symbols = new TreeSet<>();
    Probe.collect(expr, List.of(), symbols);
    return symbols.contains(key);
  }

  /** What the equation is about: the first side, or the last when it alone is a symbol. */
  static String nameOf(Expr expr) {
    List<Expr> sides = sides(expr).orElseThrow();
    Expr first = sides.get(0);
    Expr name = isName(first) ? first : sides.get(sides.size() - 1);
    return Canon.key(name);
  }

  /** The letter of a name without its index: x_1 and x_2 are both values of x. */
  static String stem(String name) {
    int underscore = name.indexOf('_');
    return underscore > 0 ? name.substring(0, underscore) : name;
  }
}
