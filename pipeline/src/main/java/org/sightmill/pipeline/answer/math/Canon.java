package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;

/** A text of a formula in which the order of sums, products and sets does not show. */
final class Canon {
  private Canon() {}

  static String key(Expr expr) {
    if (expr.is(Op.NUMBER)) {
      return expr.value().key();
    }
    if (expr.args().isEmpty()) {
      return expr.is(Op.SYMBOL) ? expr.name() : expr.op() + ":" + expr.name();
    }
    return expr.op() + expr.name() + keys(expr);
  }

  private static String keys(Expr expr) {
    List<String> parts = new ArrayList<>(expr.args().size());
    for (Expr arg : expr.args()) {
      parts.add(key(arg));
    }
    if (isCommutative(expr.op())) {
      parts.sort(null);
    }
    return "(" + String.join(",", parts) + ")";
  }

  private static boolean isCommutative(Op op) {
    return switch (op) {
      case ADD, MUL, SET, UNION, INTERSECTION, ANY, ALL -> true;
      default -> false;
    };
  }
}
