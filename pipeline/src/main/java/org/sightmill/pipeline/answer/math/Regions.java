package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets of real numbers: intervals, unions, inequalities in one variable. Two are the same when they
 * agree at every end point of either, close beside it, between neighbours, and on a wide grid.
 */
final class Regions {
  private static final Set<String> ORDER = Set.of("<", "<=", ">", ">=", "!=");
  private static final int CLOSE = -24;
  private static final int MAX_ENDS = 40;

  /** How often the range of an end point that is not written down is halved. */
  private static final int HALVINGS = 64;

  private final Budget budget;

  Regions(Budget budget) {
    this.budget = budget;
  }

  /** Whether this can be nothing but a set of reals. */
  static boolean isCertain(Expr expr) {
    return switch (expr.op()) {
      case UNION, INTERSECTION, DIFFERENCE -> true;
      case RELATION -> ORDER.contains(expr.name()) || expr.name().equals("in");
      case ALL -> expr.args().stream().allMatch(Regions::isCertain);
      case ANY, LIST -> expr.args().stream().anyMatch(Regions::isInequality);
      case TUPLE -> isBounds(expr) && (!expr.name().equals("()") || expr.contains(Op.INFINITY));
      default -> false;
    };
  }

  private static boolean isInequality(Expr expr) {
    return (expr.is(Op.RELATION) && ORDER.contains(expr.name()))
        || (expr.is(Op.ALL) && expr.args().stream().allMatch(Regions::isInequality));
  }

  private static boolean isBounds(Expr expr) {
    return expr.args().size() == 2;
  }

  /** Whether both are the same set; empty when one of them is no set of reals this can decide. */
  Optional<Outcome> compare(Expr left, Expr right) {
    TreeSet<String> leftNames = variables(left);
    TreeSet<String> rightNames = variables(right);
    if (leftNames.size() > 1 || rightNames.size() > 1) {
      return Optional.empty();
    }
    if (!leftNames.isEmpty() && !rightNames.isEmpty() && !leftNames.equals(rightNames)) {
      return Optional.of(Outcome.different("inequalities in different variables"));
    }
    List<Ball> ends = new ArrayList<>();
    if (!isRegion(left, ends) || !isRegion(right, ends) || ends.size() > MAX_ENDS) {
      return Optional.empty();
    }
    return Optional.of(decide(left, right, ends));
  }

  private static TreeSet<String> variables(Expr expr) {
    TreeSet<String> names = new TreeSet<>();
    Probe.collect(expr, List.of(), names);
    names.remove("set R");
    return names;
  }

  private Outcome decide(Expr left, Expr right, List<Ball> ends) {
    List<Ball> points = testPoints(ends);
    points.sort((a, b) -> a.re().compareTo(b.re()));
    return agree(together(left, points), together(right, points), points);
  }

  /** x > 1, x < 4 side by side would hold for every number: both are meant at once. */
  private Expr together(Expr expr, List<Ball> points) {
    return expr.is(Op.LIST) && points.stream().allMatch(point -> holds(expr, point))
        ? Expr.of(Op.ALL, expr.args())
        : expr;
  }

  private Outcome agree(Expr left, Expr right, List<Ball> points) {
    boolean exact = hasPlainEnds(left) && hasPlainEnds(right);
    Ball before = null;
    boolean heldBefore = false;
    for (Ball point : points) {
      boolean held = holds(left, point);
      boolean same =
          held == holds(right, point)
              && (exact
                  || before == null
                  || held == heldBefore
                  || haveOneEnd(left, right, before, point));
      if (!same) {
        return Outcome.different("a number belongs to one set only");
      }
      before = point;
      heldBefore = held;
    }
    return Outcome.equal("the same set of numbers");
  }

  /** Whether every end point of this set is written down, as it is not in x^2 < 2. */
  private static boolean hasPlainEnds(Expr expr) {
    return (expr.is(Op.RELATION) && !expr.name().equals("in"))
        ? expr.args().stream().allMatch(side -> side.is(Op.SYMBOL) || Shapes.isConstant(side))
        : expr.args().stream().allMatch(Regions::hasPlainEnds);
  }

  /**
   * Whether both sets change at the same number between two points, and do the same there: found by
   * halving, and tested with what is left of the range as a number known only so well.
   */
  private boolean haveOneEnd(Expr left, Expr right, Ball from, Ball to) {
    boolean inside = holds(left, from);
    Ball low = from;
    Ball high = to;
    for (int i = 0; i < HALVINGS; i++) {
      Ball middle = low.plus(high).times(Ball.exact(BigFloat.ONE.timesPowerOfTwo(-1)));
      boolean held = holds(left, middle);
      if (held != holds(right, middle)) {
        return false;
      }
      low = held == inside ? middle : low;
      high = held == inside ? high : middle;
    }
    Ball end = new Ball(low.re(), BigFloat.ZERO, high.minus(low).magnitude() + 1);
    return holds(left, end) == holds(right, end);
  }

  private static List<Ball> testPoints(List<Ball> ends) {
    List<Ball> points = new ArrayList<>();
    for (Ball end : ends) {
      double size = Math.max(end.magnitude(), 0);
      Ball step = Ball.exact(BigFloat.ONE.timesPowerOfTwo((long) size + CLOSE));
      points.addAll(List.of(end, end.plus(step), end.minus(step)));
    }
    for (int i = 0; i < ends.size(); i++) {
      for (int j = 0; j < i && points.size() < 400; j++) {
        points.add(
            ends.get(i).plus(ends.get(j)).times(Ball.exact(BigFloat.ONE.timesPowerOfTwo(-1))));
      }
    }
    for (int power = -8; power <= 24; power += 2) {
      Ball wide = Ball.exact(BigFloat.of(5).timesPowerOfTwo(power - 2));
      points.addAll(List.of(wide, wide.negate()));
    }
    return points;
  }

  /** Checks that this can be tested point by point, and collects its end points. */
  private boolean isRegion(Expr expr, List<Ball> ends) {
    return switch (expr.op()) {
      case TUPLE ->
          isBounds(expr)
              && expr.args().stream().allMatch(arg -> isEnd(arg, ends))
              && !isReversed(expr);
      case SET -> expr.args().stream().allMatch(arg -> isEnd(arg, ends));
      case RELATION -> isRelation(expr, ends);
      case ALL, ANY, LIST, UNION, INTERSECTION, DIFFERENCE ->
          expr.args().stream().allMatch(arg -> isRegion(arg, ends));
      case SYMBOL -> expr.name().equals("set R");
      default -> false;
    };
  }

  private boolean isRelation(Expr expr, List<Ball> ends) {
    if (expr.name().equals("in")) {
      return expr.arg(0).is(Op.SYMBOL) && isRegion(expr.arg(1), ends);
    }
    if (!expr.args().stream().allMatch(side -> side.isScalar() || isInfinite(side))) {
      return false;
    }
    for (Expr side : expr.args()) {
      if (Shapes.isConstant(side) && !isEnd(side, ends)) {
        return false;
      }
    }
    return true;
  }

  private boolean isEnd(Expr expr, List<Ball> ends) {
    if (isInfinite(expr)) {
      return true;
    }
    if (!expr.isScalar() || !Shapes.isConstant(expr)) {
      return false;
    }
    Ball value = value(expr);
    if (!value.isReal()) {
      return false;
    }
    ends.add(value);
    ends.add(value.negate());
    return true;
  }

  /** [5, 2] is a list, not the empty interval. */
  private boolean isReversed(Expr interval) {
    return interval.args().stream().noneMatch(Regions::isInfinite)
        && value(interval.arg(0)).minus(value(interval.arg(1))).re().signum() > 0;
  }

  static boolean isInfinite(Expr expr) {
    return expr.is(Op.INFINITY) || (expr.is(Op.NEG) && expr.arg(0).is(Op.INFINITY));
  }

  private Ball value(Expr expr) {
    return new Approximate(Map.of(), budget).value(expr);
  }

  private boolean holds(Expr expr, Ball x) {
    budget.spend(1);
    return switch (expr.op()) {
      case TUPLE -> inInterval(expr, x);
      case SET -> expr.args().stream().anyMatch(arg -> !value(arg).differsFrom(x));
      case RELATION -> relationHolds(expr, x);
      case ALL, INTERSECTION -> expr.args().stream().allMatch(arg -> holds(arg, x));
      case ANY -> expr.name().equals("and") ? every(expr, x) : any(expr, x);
      case LIST, UNION -> any(expr, x);
      case DIFFERENCE -> holds(expr.arg(0), x) && !holds(expr.arg(1), x);
      default -> true;
    };
  }

  private boolean every(Expr expr, Ball x) {
    return expr.args().stream().allMatch(arg -> holds(arg, x));
  }

  private boolean any(Expr expr, Ball x) {
    return expr.args().stream().anyMatch(arg -> holds(arg, x));
  }

  private boolean inInterval(Expr interval, Ball x) {
    return ordered(interval.arg(0), interval.name().startsWith("["), x, false)
        && ordered(interval.arg(1), interval.name().endsWith("]"), x, true);
  }

  private boolean ordered(Expr end, boolean closed, Ball x, boolean upper) {
    if (isInfinite(end)) {
      return end.is(Op.INFINITY) == upper;
    }
    int sign = sign(upper ? value(end).minus(x) : x.minus(value(end)));
    return sign > 0 || (closed && sign == 0);
  }

  private static int sign(Ball value) {
    return value.mayBeZero() ? 0 : value.re().signum();
  }

  private boolean relationHolds(Expr relation, Ball x) {
    if (relation.name().equals("in")) {
      return holds(relation.arg(1), x);
    }
    int sign;
    try {
      sign = compareSides(relation.arg(0), relation.arg(1), x);
    } catch (UndefinedValueException hole) {
      // Where an inequality has no value, its variable is not in the set.
      return false;
    }
    return switch (relation.name()) {
      case "<" -> sign < 0;
      case "<=" -> sign <= 0;
      case ">" -> sign > 0;
      case ">=" -> sign >= 0;
      case "!=" -> sign != 0;
      default -> sign == 0;
    };
  }

  private int compareSides(Expr left, Expr right, Ball x) {
    if (isInfinite(left) || isInfinite(right)) {
      return (left.is(Op.INFINITY) || right.is(Op.NEG)) ? 1 : -1;
    }
    return sign(at(left, x).minus(at(right, x)));
  }

  private Ball at(Expr expr, Ball x) {
    TreeSet<String> names = variables(expr);
    Map<String, Ball> point = names.isEmpty() ? Map.of() : Map.of(names.first(), x);
    Ball value = new Approximate(point, budget).value(expr);
    if (!value.isReal()) {
      throw new UndefinedValueException("an inequality between complex values");
    }
    return value;
  }
}
