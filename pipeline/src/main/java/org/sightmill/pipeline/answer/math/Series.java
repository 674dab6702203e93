package org.sightmill.pipeline.answer.math;

/** Sums and products over integers. The letter that counts is renamed, as it means nothing. */
final class Series {
  private Series() {}

  /**
   * A series, or a call that is only equal when written alike, where the body holds symbols with
   * the counting letter in their index.
   *
   * @param kind {@code sum} or {@code prod}
   */
  static Expr of(String kind, String variable, Expr body, Expr from, Expr to) {
    if (isIndexed(body, variable)) {
      return Expr.named(Op.CALL, "series " + kind + " " + variable, body, from, to);
    }
    String name = "#" + (depth(body) + 1);
    return Expr.named(Op.SERIES, kind + " " + name, renamed(body, variable, name), from, to);
  }

  /** x_k, and F_{n-k}: a symbol whose value depends on k in a way nobody told. */
  private static boolean isIndexed(Expr expr, String variable) {
    int index = expr.is(Op.SYMBOL) ? expr.name().indexOf('_') : -1;
    return (index > 0 && expr.name().substring(index).contains(variable))
        || expr.args().stream().anyMatch(arg -> isIndexed(arg, variable));
  }

  private static int depth(Expr expr) {
    int inside = expr.args().stream().mapToInt(Series::depth).max().orElse(0);
    return inside + (expr.is(Op.SERIES) ? 1 : 0);
  }

  /** Also where the parser took the letter for a constant: i counts more often than not. */
  private static Expr renamed(Expr expr, String variable, String name) {
    if ((expr.is(Op.SYMBOL) || expr.is(Op.CONSTANT)) && expr.name().equals(variable)) {
      return Expr.symbol(name);
    }
    return expr.with(expr.args().stream().map(arg -> renamed(arg, variable, name)).toList());
  }
}
