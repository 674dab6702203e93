package org.sightmill.pipeline.answer.math;

import java.util.List;

/**
 * A node of a formula.
 *
 * @param op what it is
 * @param name the name of a symbol, function, relation or unit; empty where there is none
 * @param value the value of a number; null for everything else
 * @param args the parts, in order
 */
record Expr(Op op, String name, Rational value, List<Expr> args) {
  static final Expr ZERO = number(Rational.ZERO);
  static final Expr ONE = number(Rational.ONE);

  Expr {
    args = List.copyOf(args);
  }

  static Expr number(Rational value) {
    return new Expr(Op.NUMBER, "", value, List.of());
  }

  static Expr symbol(String name) {
    return new Expr(Op.SYMBOL, name, null, List.of());
  }

  static Expr constant(String name) {
    return new Expr(Op.CONSTANT, name, null, List.of());
  }

  static Expr text(String words) {
    return new Expr(Op.TEXT, words, null, List.of());
  }

  static Expr of(Op op, Expr... args) {
    return new Expr(op, "", null, List.of(args));
  }

  static Expr of(Op op, List<Expr> args) {
    return new Expr(op, "", null, args);
  }

  static Expr named(Op op, String name, Expr... args) {
    return new Expr(op, name, null, List.of(args));
  }

  static Expr named(Op op, String name, List<Expr> args) {
    return new Expr(op, name, null, args);
  }

  /** This node with other parts. */
  Expr with(List<Expr> parts) {
    return new Expr(op, name, value, parts);
  }

  Expr arg(int index) {
    return args.get(index);
  }

  Expr last() {
    return args.get(args.size() - 1);
  }

  boolean is(Op kind) {
    return op == kind;
  }

  boolean isNamed(Op kind, String wanted) {
    return op == kind && name.equals(wanted);
  }

  /** Whether this node, or any below it, is of this kind. */
  boolean contains(Op kind) {
    if (op == kind) {
      return true;
    }
    for (Expr arg : args) {
      if (arg.contains(kind)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this node, or any below it, is this one. */
  boolean contains(Expr wanted) {
    return equals(wanted) || args.stream().anyMatch(arg -> arg.contains(wanted));
  }

  /** Whether this is one value that arithmetic can decide, rather than a structure or words. */
  boolean isScalar() {
    return switch (op) {
      case NUMBER, SYMBOL, CONSTANT -> true;
      case ADD, MUL, DIV, NEG, POW, ROOT, ABS, FACTORIAL, FUNCTION, SERIES, PERCENT, DEGREE ->
          hasScalarArgs();
      case CALL -> true;
      default -> false;
    };
  }

  private boolean hasScalarArgs() {
    for (Expr arg : args) {
      if (!arg.isScalar()) {
        return false;
      }
    }
    return true;
  }
}
